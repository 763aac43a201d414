"""Dutch verbs that a stemmer cannot bring together: strong ones, and those that come apart.

`genomen` and `nam` are forms of nemen; `toegewezen`, `toe te wijzen` and `wijst … toe` are all
toewijzen. The lists are ours and hold what reports, policy and explanations use. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

LANGUAGE = "nl"
FURTHEST = 12
"""Words that may stand between a verb and its particle."""

# Infinitive, then its irregular forms. A form with `~` counts only behind a prefix, because
# alone it is another word: `staat` is also the state, `gegeven` a fact.
_STRONG = """
bedriegen bedroog bedrogen / beginnen begon begonnen / bergen ~borg geborgen / bieden bood boden
geboden / bijten beet beten gebeten / binden ~bond ~bonden gebonden / blijken bleek bleken gebleken /
blijven bleef bleven gebleven / breken brak gebroken / brengen bracht brachten gebracht /
buigen boog bogen gebogen / denken dacht dachten gedacht / doen deed deden gedaan doet /
dragen droeg droegen gedragen / drijven dreef dreven gedreven / dringen drong drongen gedrongen /
dwingen dwong dwongen gedwongen / gaan ging gingen gegaan gaat / gelden gold golden
gegolden / genieten genoot genoten / geven gaf ~gegeven / gieten goot goten gegoten /
graven groef groeven gegraven / grijpen greep gegrepen / hangen hing hingen gehangen /
heffen hief hieven geheven / helpen hielp hielpen geholpen / houden hield hielden gehouden /
kiezen koos kozen gekozen / kijken keek keken gekeken / klinken klonk klonken geklonken /
komen kwam kwamen gekomen / kopen kocht kochten gekocht / krijgen kreeg kregen gekregen /
krimpen kromp krompen gekrompen / laten liet lieten gelaten / lezen las lazen gelezen /
liegen loog logen gelogen / lijken leek leken geleken /
lopen liep liepen gelopen / meten gemeten / nemen nam genomen / raden ried geraden /
rijden reed gereden / roepen riep riepen geroepen / scheiden gescheiden / scheppen schiep
schiepen geschapen / schenken schonk schonken geschonken / schieten schoot schoten geschoten /
schijnen scheen schenen geschenen / schrijven schreef schreven geschreven / schrikken schrok
schrokken geschrokken / schuiven schoof schoven geschoven / slaan sloeg sloegen geslagen slaat /
slapen sliep sliepen / sluiten sloot sloten gesloten / snijden sneed sneden gesneden / spreken sprak
gesproken / springen gesprongen / staan stond stonden gestaan ~staat /
steken stak staken gestoken / stelen gestolen / sterven stierf stierven gestorven /
stijgen steeg stegen gestegen / strijden streed streden gestreden / treden trad traden getreden /
treffen trof troffen getroffen / trekken trok trokken getrokken / vallen viel vielen gevallen /
vangen ving vingen ~gevangen / vechten vocht vochten gevochten / vergeten vergat vergaten /
verliezen verloor verloren / verdwijnen verdween verdwenen / vinden vond vonden gevonden /
vliegen vloog vlogen gevlogen / vragen gevraagd / wegen woog wogen gewogen /
bewegen bewoog bewogen / werpen wierp wierpen geworpen / werven wierf wierven geworven /
weten wist wisten geweten / wijken ~week ~weken geweken / wijzen ~wees ~wezen gewezen /
winnen won wonnen gewonnen / zeggen zei zeiden gezegd zegt / zenden zond zonden gezonden /
zien zag gezien ziet / zitten zat zaten gezeten / zoeken zocht zochten gezocht /
zwijgen zweeg zwegen gezwegen
"""

# Other verbs whose `-t` a stemmer leaves on: `betaalt` is betalen. Prefixes are not repeated here.
_WEAK = """
aanvaarden accepteren activeren adviseren analyseren antwoorden baseren beantwoorden bedenken bedoelen
beheren behoren behoeven beloven benadrukken benoemen bepalen beperken bereiken berekenen beschermen
beschikken beschouwen bespreken bestellen besteden bestuderen betalen betekenen betreuren bevatten
bevestigen bevorderen bewaken bewaren bezorgen bouwen branden controleren communiceren configureren
dalen delen dienen discrimineren draaien dreigen dromen duren duwen eisen erkennen ervaren evalueren
financieren formuleren functioneren garanderen gebeuren gebruiken geloven genereren gooien groeien haken halen
handelen handhaven hanteren haten herhalen herinneren herkennen herstellen hopen horen huren identificeren
implementeren importeren informeren innoveren integreren investeren installeren kennen keren
kiezen klagen klikken kloppen kosten koppelen kosten kwetsen leggen leiden lenen leren leven leveren
lukken luisteren maken melden meten migreren missen noemen oefenen omschrijven ondersteunen onderhouden
onderscheiden onderzoeken ontbreken ontdekken ontkennen ontmoeten ontvluchten ontwikkelen openen ordenen
organiseren overtuigen passen pakken plaatsen plannen pleiten polariseren praten presenteren produceren
profileren profiteren proberen protesteren publiceren raken reageren realiseren regelen registreren reizen rekenen
roken rusten schaden schatten scoren selecteren signaleren sparen spelen starten stellen stemmen steunen
stimuleren stoppen storen straffen streven studeren sturen tekenen tellen testen tonen toetsen trouwen
uiten variëren veranderen verbazen verbeteren verbieden verdelen verdienen verduidelijken vereisen verdwijnen
vergelijken vergroten verhogen verhuren verhuizen verklaren verkleinen verlagen verlenen verlengen
vermelden vermijden verminderen vermoeden veroorzaken veroordelen verplaatsen verplichten verschaffen
verschillen verspreiden versterken versturen vertalen vertellen vertonen vertrouwen vertegenwoordigen
vervangen vervolgen vervullen verwachten verwelkomen verwerken verwijderen verzamelen verzekeren voelen voorspellen
voeren volgen voltooien vormen vrezen vluchten waarderen waarborgen waarschuwen weigeren wennen werken
wijzigen willen wonen zoeken zorgen
"""

# What looks like a form, and is mostly another word.
_OTHER_WORDS = """
verleden bescheiden verstaat omgeven bestoken betrokken verdacht verdachten gereed overal met wet uit sport stort plant put
lat hat schat licht rust vat halt schoot start test kost past
"""

_VOWELS = frozenset("aeiou")
_FIRM = "be her ont ver mis onder over door voor om weer vol"
"""Prefixes that stay; their participle has no `ge`."""

# Particles and the verbs they come apart from. With `!` the particle is so often a
# preposition that it counts only at the end of a clause.
_APART = """
aan!: bieden brengen geven houden komen leggen maken melden nemen pakken passen raden roepen schaffen
sluiten spreken stellen sturen tonen trekken vallen vragen vullen wijzen zetten kondigen leren moedigen
af: bouwen breken dwingen geven handelen hangen keuren leggen leiden leveren lopen maken melden nemen
ronden schaffen sluiten spelen spreken staan stemmen tekenen trekken vallen wegen wijken wijzen zetten zien
bij!: dragen houden komen leren springen staan stellen werken wonen
deel: nemen uitmaken
door!: breken geven gaan lopen sturen verwijzen voeren zetten
gebruik: maken
goed: keuren
in!: brengen burgeren delen dienen gaan grijpen houden huren krimpen laden leiden leveren loggen nemen
perken richten schakelen schatten schrijven spelen stellen stemmen stromen trekken voeren vullen zetten zien
los: koppelen laten
mee: brengen delen doen gaan geven komen nemen tellen werken wegen
na!: denken gaan komen leven streven
neer: leggen zetten zitten
om!: gaan keren leiden schakelen vormen zetten
open: stellen staan
op!: bouwen brengen geven groeien halen hangen heffen houden komen leggen leiden leveren lopen lossen maken
merken nemen pakken roepen ruimen schorten slaan sluiten sporen staan starten stellen treden vallen vangen
volgen vragen vullen wekken zeggen zetten zoeken
over!: dragen gaan houden laten nemen plaatsen stappen zetten
plaats: vinden nemen
samen: brengen gaan hangen komen leven stellen vallen vatten voegen werken
stop: zetten
tegen!: gaan houden werken komen spreken
terug: betalen brengen dringen gaan geven halen keren komen krijgen lopen nemen sturen trekken vinden
vorderen vragen zetten zien
teleur: stellen
toe: kennen laten leggen lichten nemen passen rusten spitsen staan treden voegen wijzen zeggen
uit!: bannen betalen bouwen breiden brengen buiten dagen delen dragen drukken gaan geven komen leggen lenen
lokken loggen lopen maken nodigen oefenen putten rollen schakelen schrijven sluiten spreken stellen sterven
stoten vallen vinden voeren werken wijzen wisselen zenden zetten zoeken zonderen
vast: houden leggen stellen zetten staan lopen
voor!: bereiden doen komen leggen lezen schrijven spiegelen stellen zien zitten
voort: zetten komen
vrij: geven komen laten maken stellen
weg: blijven doen gaan halen laten nemen sturen vallen werken
bekend: maken
bloot: stellen
"""


def _rows(listed: str) -> Iterator[tuple[str, bool, list[str]]]:
    """Yield each particle, whether it is strict, and its verbs."""
    row: tuple[str, bool, list[str]] | None = None
    for word in listed.split():
        if word.endswith(":"):
            if row:
                yield row
            row = (word.rstrip("!:"), word.endswith("!:"), [])
        elif row:
            row[2].append(word)
    if row:
        yield row


SEPARABLE = {particle: frozenset(verbs) for particle, _, verbs in _rows(_APART)}
STRICT = frozenset(particle for particle, strict, _ in _rows(_APART) if strict)


def _forms() -> dict[str, str]:
    """Return every irregular form, alone and behind prefixes, with its infinitive."""
    found: dict[str, str] = {}
    for verb in _STRONG.split("/"):
        infinitive, *forms = verb.split()
        for marked in forms:
            form = marked.removeprefix("~")
            for particle, verbs in SEPARABLE.items():
                if infinitive in verbs:
                    found.setdefault(particle + form, particle + infinitive)
            for prefix in _FIRM.split():
                bare = form.removeprefix("ge") if form.startswith("ge") else form
                found.setdefault(prefix + bare, prefix + infinitive)
            if marked == form:
                found[form] = infinitive
    found.update(_present_forms())
    for form in _OTHER_WORDS.split():
        found.pop(form, None)
    return found


def _present_forms() -> Iterator[tuple[str, str]]:
    """Yield the form with `-t` of every verb we know, also behind prefixes."""
    strong = [row.split()[0] for row in _STRONG.split("/")]
    bare = dict.fromkeys([*strong, *(verb for verbs in SEPARABLE.values() for verb in verbs)])
    for verb in bare:
        particles = [particle for particle, verbs in SEPARABLE.items() if verb in verbs]
        for prefix in (*_FIRM.split(), *particles):
            for form in _with_t(verb):
                yield prefix + form, prefix + verb

    for verb in (*bare, *_WEAK.split()):
        for form in _with_t(verb):
            yield form, verb


def _with_t(infinitive: str) -> tuple[str, ...]:
    """Return how the form with `-t` may be written: delen, deelt; vallen, valt; leven, leeft."""
    stem = infinitive.removesuffix("en")
    if not stem or stem == infinitive or stem[-1] in _VOWELS:
        return ()
    if stem[-1] == stem[-2:-1]:
        stem = stem[:-1]
    last = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    stems = [stem[:-1] + last]
    if stem[-2:-1] in _VOWELS and stem[-3:-2] not in _VOWELS and infinitive[-4:-3] in _VOWELS:
        stems.append(stem[:-1] + stem[-2] + last)
    return tuple(found if found.endswith("t") else found + "t" for found in stems)


IRREGULAR = _forms()
"""Irregular forms and their infinitives."""

_CLAUSE_WORDS = "en of om als maar zodat omdat want wanneer tenzij dat die"
_CLAUSE_BEGINS = frozenset(_CLAUSE_WORDS.split())
_SENTENCE_ENDS = frozenset(".!?;:\n\u2022")
_CLAUSE_ENDS = _SENTENCE_ENDS | frozenset(',()[]"')


def reunited(
    words: Sequence[str], gap: Callable[[int], str], stem: Callable[[str], str]
) -> Iterator[tuple[int, int, str]]:
    """Yield where a verb and its particle stand apart: first and last word, and the infinitive.

    `words` are folded, `gap` gives the text after a word up to the next ("." at the end), and
    `stem` the term of a word. `toe te wijzen` gives its three words; `wijst het plan toe` only
    the particle, because the words between stay as they are.
    """
    for place, word in enumerate(words):
        verbs = _by_stem(stem).get(word)
        if verbs is None:
            continue
        if words[place + 1 : place + 2] == ["te"] and place + 2 < len(words):
            infinitive = verbs.get(stem(words[place + 2]))
            if infinitive:
                yield place, place + 2, infinitive
                continue
        if word not in STRICT or _ends_clause(words, place, gap):
            infinitive = _verb_before(words, place, gap, verbs, stem)
            if infinitive:
                yield place, place, infinitive


@cache
def _by_stem(stem: Callable[[str], str]) -> dict[str, dict[str, str]]:
    """Return per particle the infinitives it makes, by the term of the bare verb."""
    return {
        particle: {term: particle + verb for verb in sorted(verbs) if (term := stem(verb))}
        for particle, verbs in SEPARABLE.items()
    }


def _ends_clause(words: Sequence[str], place: int, gap: Callable[[int], str]) -> bool:
    after = words[place + 1] if place + 1 < len(words) else ""
    return after in _CLAUSE_BEGINS or not _CLAUSE_ENDS.isdisjoint(gap(place))


def _verb_before(
    words: Sequence[str],
    place: int,
    gap: Callable[[int], str],
    verbs: Mapping[str, str],
    stem: Callable[[str], str],
) -> str:
    """Return the infinitive of the nearest verb before the particle, in the same sentence."""
    for before in range(place - 1, max(-1, place - 1 - FURTHEST), -1):
        if not _SENTENCE_ENDS.isdisjoint(gap(before)):
            return ""
        infinitive = verbs.get(stem(words[before]))
        if infinitive and words[before - 1 : before] != ["te"]:
            return infinitive
    return ""
