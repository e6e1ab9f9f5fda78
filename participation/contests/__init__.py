"""Calls for works (征集活动): logos, lyrics, drawings and what else a city asks its children for.

Words of the room: a *call* (征集) asks for works of one kind; an *entry* (投稿) is one work by one
or several *authors*, each with a *licence* (授权) that a guardian signs as well; a *panel* (评委会)
is the adults or the children who judge, by *rounds* (初审、复审、终审), each *juror* (评委) knowing
a work by its *code* alone; an *outcome* (结果) is what became of a work; it goes up for *public
notice* (公示), in which anybody may *object* (异议), and ends as a dossier to who decides.

It is never called a competition: no fee, no ranking of the many, nothing that counts for school
(R64, R65), and a child owns what she made (R66).
"""
