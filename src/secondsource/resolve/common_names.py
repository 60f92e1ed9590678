"""Names that very many people bear: two of one such name are not one person for that alone."""

from __future__ import annotations

from secondsource import names

# Given names that are family names too, and the family and given names that stand at the head of
# national counts (China 2020, Viet Nam, Korea 2015, Pakistan, Egypt, England, the United States): whoever
# is called by two of them is one of tens of thousands.
_ARABIC = """mohammed mohammad muhammad mohamed mohamad ali ahmed ahmad hassan hasan hussein husain hussain
    hossain omar umar ibrahim ebrahim khalid khaled mahmoud mahmood mustafa abdullah abdallah abdul rahman
    salim saleem said saeed yusuf yousef youssef ismail khan abbas rashid karim hamid jamal tariq nasser"""
_EASTERN = """wang li zhang liu chen yang huang zhao wu zhou wei min jing jun lei tao jie hong ping hua
    nguyen tran pham van thi kim lee park choi minh anh"""
_ENGLISH = """john james david michael robert william mary smith jones williams brown johnson miller davis
    wilson taylor"""
_COMMON = frozenset(f"{_ARABIC} {_EASTERN} {_ENGLISH}".split())


def many_bear(name: names.Name) -> bool:
    """True for a person's name of which every word is among the commonest."""
    return name.person and len(name.tokens) > 1 and all(word in _COMMON for word in name.tokens)
