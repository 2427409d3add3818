"""Archives: what people take along from here and what they bring with them.

The archive of an account is one ZIP in the form of Mastodon's, so that others can read it; follows, blocks, mutes and
bookmarks also come and go as CSV in Mastodon's columns. Both are rows that a job works off.

Consumes nothing.
Emits    nothing.
Screens  /settings/data
"""
