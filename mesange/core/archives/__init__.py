"""Archives: what people take along from here, what they bring with them, and how they leave.

The archive of an account is one ZIP in the form of Mastodon's, so that others can read it; follows, blocks, mutes and
more also come and go as CSV in Mastodon's columns. Both are rows that a job works off. Who leaves is hidden at once
and erased after some days of regret; what was suspended for good goes the same way. An account of an organization is
closed, renamed, emptied or handed over by two people, after thirty days in which it can be called back.

Consumes AccountRemovalDue.
Emits    AccessRevoked, AccountDeleted, AccountUpdated, MembershipChanged, StandingChanged, StatusUnfavourited.
Screens  /settings/data
"""
