"""Moderation: what people report, what is decided and why, who is kept away, and the rules it rests on.

Consumes DomainBlockChanged (to forget the blocks it keeps in memory).
Emits    ReportFiled, ReportResolved, DecisionTaken, DecisionAppealed, DecisionLifted, AccountRemovalDue,
         DomainBlockChanged, RulesChanged, SiteTextChanged.
"""
