"""Words too common to search on, per language.

Written for the questions people type into a search box. Kept short: a word
that can carry the subject of a question (`wet`, `land`, `men` in English)
stays searchable.
"""

from __future__ import annotations

_NL = """
aan al alle alles als altijd ander andere bij binnen daar daarom dan dat de deze die dit doen doet
door dus echter een eens elk elke en er ergens ge geen geweest haar had hadden heb hebben heeft hem
hen het hier hierbij hij hoe hun ieder iedere iemand iets ik in is ja je jij jou jouw jullie kan
kun kunnen kunt maar mag me meer men met mij mijn misschien moet moeten mogen na naar niet niets nog nu
of om omdat ons onze ook op over reeds te tegen ten ter terwijl toch toen tot u uit uw van vaak
vanaf veel via voor waar waarom wanneer waren was wat we wel welk welke werd werden wie wij wil
wilt worden wordt wordt zal ze zelf zelfs zich zij zijn zo zo'n zoals zonder zou zouden zullen
s t n zult 't 'n m'n z'n ben bent kon konden wou wezen hebt deed gaat gaan onder toe
"""

_EN = """
a about after again all also am an and any are aren't as at be because been before being between
both but by can can't cannot could couldn't did didn't do does doesn't doing don't each for from
had has hasn't have having he her here hers him his how i i'm if in into is isn't it it's its
itself just me more most my no nor not of off on only or other our ours out over own same she
should so some such than that that's the their theirs them then there there's these they this
those through to too up us very was wasn't we were what what's when where which while who whom
whose why will with won't would you your yours
"""

# Stop words of one language that are ordinary words, or equally common, in the other:
# they say nothing about the language a question was asked in.
_TELL_NOTHING = """
a al all also an as at be been before bent die do had he hem hen her hier if in is it kan mag me
men met of on over so ten ter toe van want was we wel were wie wil will
"""

STOPWORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(_NL.split()),
    "en": frozenset(_EN.split()),
}

TELLTALES: dict[str, frozenset[str]] = {
    language: words - frozenset(_TELL_NOTHING.split()) for language, words in STOPWORDS.items()
}
