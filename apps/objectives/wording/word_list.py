def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
