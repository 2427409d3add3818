"""Writes of statuses, by what is done: publishing through the gate, editing, deleting, marking, importing."""
