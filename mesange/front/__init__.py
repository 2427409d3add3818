"""What every door shares: who comes, with which right and how often; the frame of pages; how people and posts look."""
