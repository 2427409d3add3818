"""Teams: who may act as which account, and what stops a publication.

Consumes nothing.
Emits    MembershipChanged, ApprovalRuleChanged.
"""
