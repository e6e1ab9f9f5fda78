"""How alike the desk judges: figures of a month out of plain records, without a database.

`agreement` compares moderators with one another and with what is known of made-up texts (by a
statistics library, so only the worker imports it); `shares` counts what became of real texts,
appeals and reports; `periods` says where a month begins and ends.
"""
