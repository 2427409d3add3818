"""The microblog. Rooms from low to high: teams, accounts, follows, statuses, then timelines and notifications."""
