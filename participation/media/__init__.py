"""Files of children: pictures, drawings, recordings; checked, stripped, pressed anew, shown to few.

A file is taken in (`actions.take_in`), waits in quarantine, is pressed into renditions by the
worker in a child process, and is shown by signed addresses that live for minutes. This room knows
a `Subject` and a slot, never whose file it is; what a child called her file is not kept.
"""
