"""Words that are part of names without naming anyone: forms of companies, titles, particles, peoples.

Every entry is in the spelling that `secondsource.names.normalise` gives it.  The tables
are short on purpose: an entry stands here because leaving it out made two names look
more alike, or less alike, than they are.
"""

from __future__ import annotations


def _groups(table: str) -> dict[str, str]:
    """``{"phrase": "group"}`` from lines of ``group: phrase, phrase``."""
    entries: dict[str, str] = {}
    for line in table.strip().splitlines():
        group, phrases = line.split(":")
        entries |= {phrase.strip(): group.strip() for phrase in phrases.split(",")}
    return entries


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Classes follow what the form means, not its country: a Russian OOO is a limited company.
# After the GLEIF list of Entity Legal Forms (ISO 20275), cut to those met on public lists.
LEGAL_FORMS = _groups(
    """
    limited: ltd, limited, llc, ooo, tov, too, sarl, srl, sl, slu, gmbh, bv, ltda, limitada, lp, llp, lda
    limited: doo, ood, limited liability company, limited liability partnership, limited company
    limited: limited partnership, obshchestvo s ogranichennoy otvetstvennostyu
    limited: obshchestvo s ogranichennoi otvetstvennostyu, obshchestvo s organichennoi otvetstvennostyu
    limited: obschestvo s ogranichennoy otvetstvennostyu, obshchestvo s ogranichennoj otvetstvennostyu
    limited: tovarishchestvo s ogranichennoy otvetstvennostyu, co ltd, co llc, company limited
    limited: company ltd, co limited, pvt ltd, private limited, pte ltd, pty ltd
    limited: ltd liability company, ltd liability co, limited liability co, limited liability corporation
    limited: ltd liability corporation, sociedad limitada
    limited: sociedad de responsabilidad limitada, s de rl, s de rl de cv, sdn bhd, sp zoo, eood, kft, uab
    limited: sro, oy, limited sirketi, ltd sti, limited sti, mchj, mmc, fze, fzco, fzc, fz llc
    limited: gmbh co kg, gmbh and co kg, llc fz, eireli, eirl, taa, tdv
    limited: societe a responsabilite limitee, gesellschaft mit beschrankter haftung
    limited: tovarystvo z obmezhenoyu vidpovidalnistyu, tavarystva z abmezhavanay adkaznastsyu
    limited: tavarystva s abmezhavanay adkaznastsyu, zamezhnaye tavarystva z abmezhavanay adkaznastsyu
    limited: spolka z ograniczona odpowiedzialnoscia, spolecnost s rucenim omezenym, chamkat
    limited: druzhestvo s ogranichena otgovornost, drustvo s ogranicenom odgovornoscu, hang hun suan chamkat
    limited: societate cu raspundere limitata, societa a responsabilita limitata, sociedade limitada
    limited: zhauapkershiligi shekteuli seriktestik, masuliyati cheklangan jamiyat
    joint-stock: spolka akcyjna, akciova spolecnost, societa per azioni, sociedade anonima
    joint-stock: sociedad por acciones simplificada, aktsiyadorlik jamiyati, sherkat sahami
    joint-stock: jsc, ao, as, ag, sa, spa, ab, asa, oyj, nv, se, kk, sa de cv, sab de cv, sac, saoc, saog
    joint-stock: sas, ca, compania anonima, sal offshore, sal off shore
    joint-stock: sak, sal, joint stock company, joint stock co, aktsionernoye obshchestvo
    joint-stock: aktsionernoe obshchestvo, aktsionernoe obschestvo, aktiengesellschaft, sociedad anonima
    joint-stock: societe anonyme, anonim sirketi, aktsionerne tovarystvo, stock company
    public: pjsc, pao, plc, ojsc, oao, pat, vat, public joint stock company, open joint stock company, tbk
    public: aat
    public: adkrytaye aktsyyanernaye tavarystva, publichne aktsionerne tovarystvo, sherkat sahami am
    public: psc, public limited company, publichnoe aktsionernoe obshchestvo
    public: publichnoye aktsionernoye obshchestvo, otkrytoe aktsionernoe obshchestvo
    public: otkrytoye aktsionernoye obshchestvo, open joint stock co
    closed: zakrytaye aktsyyanernaye tavarystva, pryvatne aktsionerne tovarystvo, sherkat sahami khass
    closed: zat, prat, cjsc, zao, closed joint stock company, zakrytoe aktsionernoe obshchestvo
    closed: private joint stock company, zakrytoye aktsionernoye obshchestvo, private joint stock co
    closed: closed joint stock co
    state: fgup, fsue, gup, fku, fau, fgbu, rue, rup, federal state unitary enterprise
    state: state unitary enterprise, federalnoe gosudarstvennoe unitarnoe predpriyatie
    state: republican unitary enterprise
    company: co, company, corp, corporation, inc, incorporated, cie, korporatsiya, corporacion
    company: and company, and co, borisat, sherkat, sherkat e, sherkate
    """
)

#: Forms that are a word of their own elsewhere (“as”, “pat”), so they count only at the end.
TRAILING_FORMS = _words(
    "as se sa ag ab sl nv kk co lp oy vat spa sal sas ca pat sac too company corporation co"
)

#: Words of companies and offices that say what a thing is, not which one: they weigh less.
GENERIC = _words(
    """
    machine machinery equipment electronics electric electrical
    group grupo groupe gruppe gruppa holding holdings enterprise enterprises industries industry
    industrial industria international trading trade traders general import export commercial commerce
    services service company corporation corp co inc ltd limited llc jsc ooo oao zao pao ao gmbh sa
    establishment organization association society union center institute bureau office agency
    department administration directorate committee commission council ministry bank plant works factory
    zavod predpriyatie obedinenie technology technologies technical tekhnologii engineering systems
    solutions investment investments finance development production manufacturing scientific research
    national state federal public private joint stock open closed liability free zone shipping marine
    maritime logistics transport cargo airlines aviation consulting management marketing construction
    energy oil gas petroleum products supply brothers sons partners network firm news press times post
    daily television tv radio university academy school branch named after nauchno proizvodstvennoe
    konstruktorskoe nauchnyy issledovatelskiy institut tsentr obshchestvo obschestvo ogranichennoy
    ogranichennoi organichennoi otvetstvennostyu aktsionernoe aktsionernoye publichnoe publichnoye
    otkrytoe zakrytoe unitarnoe gosudarstvennoe federalnoe city province region district county oblast
    republic kingdom army forces force armed military government authorities police court parliament
    party movement front ship vessel tanker drone missile aircraft embassy defense foreign affairs
    security intelligence
    """
)

#: Of these the ones that may stand or be left out and the thing is the same: “Kupol”, “the Kupol plant”.
HOLLOW = _words(
    """
    group grupo groupe gruppe gruppa holding holdings enterprise enterprises company corporation corp co
    inc ltd limited llc jsc ooo oao zao pao ao gmbh sa plant works factory zavod predpriyatie obedinenie
    firm news agency affairs department joint stock liability public city province region district
    county oblast ship vessel tanker drone missile aircraft government
    """
)

#: Words that tie a person's name to a family or a place and count for little by themselves.
PARTICLES = _words(
    """
    al el as ad an ar ash at az bin ben ibn bint ul ud uz ur de del la las los da das do dos di du van
    von der den ter ten le les zu zum zur y e oglu ogly qizi kyzy aka alias
    """
)

#: Small words that an acronym leaves out in other languages: “Tous pour la Paix”, TP.
SMALL_WORDS = _words("des et pour par para por und va ve i y na po")

TITLES = _words(
    """
    mr mrs ms miss mx sir dame lord lady madam madame monsieur herr frau senor senora don dona dr doctor
    prof professor eng engineer gen general lt lieutenant col colonel maj major capt captain cpt cmdr
    commander adm admiral marshal brig brigadier sgt sergeant cpl corporal pvt ambassador amb president
    premier chancellor minister secretary spokesman spokeswoman spokesperson senator sen rep
    representative congressman congresswoman governor gov mayor judge justice director chairman
    chairwoman chair chief ceo cfo head leader king queen prince princess emir amir sheikh shaykh sheik
    shaikh imam ayatollah mullah mulla maulavi maulawi mawlawi maulana hajji haji hadji alhaj ustad
    sayyid syed sayed rabbi pastor reverend rev father fr bishop archbishop cardinal pope patriarch
    comrade analyst expert officer inspector attorney
    """
)

#: Titles that people are also called by: before one more name only, they are a name.
TITLES_OR_NAMES = _words("amir emir imam malik prince")

#: Words that belong to a title only where one follows: “Deputy Prime Minister”, “former President”.
TITLE_MODIFIERS = _words(
    """
    prime vice first second deputy acting former ex late senior junior foreign defense interior finance
    the his her excellency crown grand rear special national executive managing supreme state
    """
)

#: Words behind a person's name.
SUFFIXES = _words("jr sr junior senior ii iii iv phd md esq")

#: Names under which nothing is known: a person called “N/A” is an empty cell.
NOTHING = frozenset(
    {*_words("none na null nil nan unknown unnamed undisclosed anonymous tbd tba"), "n a"}
) | {
    "not available",
    "not applicable",
    "not known",
    "no name",
}

#: Words that point at something named elsewhere; a mention made of them alone is not a name.
POINTERS = _words(
    """
    the a an this that these those its his her their our my he she it they we i who which him them us
    said company firm agency ministry group organization plant factory ship vessel tanker committee
    council government president minister spokesman spokeswoman spokesperson official officials source
    sources report reports newspaper outlet country state city region province bank court police army
    party man woman captain director analyst manufacturer supplier subsidiary parent unit
    """
)

#: What stands for a state in the name of one of its offices.
STATES = _groups(
    """
    afghanistan: afghan
    armenia: armenian
    australia: australian
    azerbaijan: azerbaijani, azeri
    belarus: belarusian, belarussian
    belgium: belgian
    brazil: brazilian
    united kingdom: uk, britain, british, great britain
    bulgaria: bulgarian
    canada: canadian
    china: chinese, prc
    cuba: cuban
    cyprus: cypriot
    czechia: czech, czech republic
    denmark: danish
    egypt: egyptian
    estonia: estonian
    european union: eu
    finland: finnish
    france: french
    georgia: georgian
    germany: german
    greece: greek
    hungary: hungarian
    india: indian
    indonesia: indonesian
    iran: iranian
    iraq: iraqi
    ireland: irish
    israel: israeli
    italy: italian
    japan: japanese
    jordan: jordanian
    kazakhstan: kazakh, kazakhstani
    kuwait: kuwaiti
    kyrgyzstan: kyrgyz
    latvia: latvian
    lebanon: lebanese
    libya: libyan
    lithuania: lithuanian
    malaysia: malaysian
    mexico: mexican
    moldova: moldovan
    netherlands: dutch
    nigeria: nigerian
    north korea: north korean, dprk
    norway: norwegian
    pakistan: pakistani
    poland: polish
    qatar: qatari
    romania: romanian
    russia: russian, russian federation
    saudi arabia: saudi, saudi arabian
    serbia: serbian
    south korea: south korean
    spain: spanish
    sudan: sudanese
    sweden: swedish
    switzerland: swiss
    syria: syrian
    taiwan: taiwanese
    turkey: turkish, turkiye
    ukraine: ukrainian
    united arab emirates: emirati, uae
    united nations: un
    united states: us, usa, american, united states of america
    venezuela: venezuelan
    vietnam: vietnamese
    yemen: yemeni
    """
)

SPELLINGS = _groups(
    """
    defense: defence
    center: centre
    program: programme
    organization: organisation
    aluminum: aluminium
    labor: labour
    international: intl
    association: assn, assoc
    department: dept
    manufacturing: mfg
    engineering: eng
    university: univ
    qaida: qaeda, qaidah, qaedah
    and: und
    """
)

#: One given name as neighbouring languages write it, where the letters alone do not show it.
GIVEN_NAMES = _groups(
    """
    aleksandr: alexander, aleksander, alexandr, oleksandr, aliaksandr, alyaksandr, aliaksandar
    aleksey: alexey, aleksei, alexei, oleksii, oleksiy, aliaksei, aliaksey
    andrey: andrei, andriy, andrii, andrew
    anastasia: anastasiya, nastassia
    dmitry: dmitriy, dmitri, dmitrii, dmytro, dzmitry, dimitri, dimitry
    ekaterina: yekaterina, kateryna, katsiaryna, catherine
    elena: yelena, olena, alena
    evgeny: yevgeny, evgenii, evgeniy, yevgeniy, yevhen, evgeni, yauheni, eugene
    georgy: georgiy, georgii, georgi, heorhiy
    grigory: grigoriy, grigorii, hryhoriy, ryhor
    ivan: iwan
    mikhail: mykhailo, michael, mikhael
    natalia: natalya, nataliya, natallia
    nikolay: nikolai, mykola, mikalai, nicholas
    olga: olha, volha
    pavel: pavlo, paval
    petr: pyotr, petro, piotr, peter
    sergey: sergei, sergiy, serhii, serhiy, siarhei, sergej
    stepan: stsiapan
    viktor: victor, viktar
    vladimir: volodymyr, uladzimir, wladimir
    muhammad: mohammed, mohammad, mohamed, mohamad, muhammed, mohd, mukhammad, mehmed
    ahmad: ahmed, akhmed, akhmad, ahmet
    husayn: hussein, hussain, husain, hossein, hosein, husein
    sulayman: suleiman, sulaiman, suleyman, soleiman
    yusuf: yousef, youssef, yusef, yousuf
    """
)

#: Family names that stand first in Chinese, Korean and Vietnamese names.
LEADING_SURNAMES = _words(
    """
    xi li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang
    xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu
    ding ren kim lee park choe choi jong jang jo cho ri pak nguyen tran le pham hoang mao hun hwang kang
    yun
    """
)
