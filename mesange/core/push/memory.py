"""What this server keeps of push to answer at once."""

from mesange.kit.recent import Recent


class PushMemory:
    """`accounts`, under 0: everyone with a subscription, so that a notification of anyone else asks nothing."""

    def __init__(self) -> None:
        self.accounts: Recent[int, frozenset[int]] = Recent(1)
