"""The everyday words that the rule for names needs, without accents and capitals.

They keep a page from being full of false alarms; a word that is missing here is pointed out once
too often, and that is the right side to err on. No first name and no family name belongs here.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEUTRAL = _words(
    """
    belgie belgisch belgische belgique belge belges belgien belgisches belgischen belgium belgian
    brussel brussels brusselse bruxelles bruxellois bruxelloise bruxelloises brusseler europa
    europese europe european europeen europeenne europaische europaischen eu ue
    ombuds ombudsman ombudsvrouw ombudsdienst mediateur mediatrice ocmw cpas oshz fod spf mivb stib
    gewest region commune gemeente staatsblad moniteur gdpr avg rgpd dsgvo nv sa vzw asbl pdf url
    tva btw vat it hr
    nederlands nederlandse francais francaise neerlandais neerlandaise allemand anglais frans
    franse duits duitse engels engelse dutch french german english deutsch deutsche franzosisch
    niederlandisch englisch
    mevrouw mevr mw meneer mijnheer heer dhr madame mme monsieur mademoiselle mlle m mr mrs ms miss
    sir madam herr herrn frau dr prof ing ir
    """
)
"""In any language: public words, languages, and titles, which alone say nothing of who."""

SHORTENED = _words("dhr mevr mw mr mrs ms mme mlle dr prof ing ir hr fr st ste")
"""A full stop after these ends no sentence."""

PARTICLES = _words(
    """
    van de den der het t ter ten te von vom zu zum zur du des la le les d l del della di da dos das
    ben bin ibn el al ait y e
    """
)
"""What stands between the parts of one name."""

ARTICLES = _words(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein
    meine meinen meinem meiner meines sein seine seinen seinem seiner seines ihr ihre ihren ihrem
    ihrer ihres unser unsere unseren unserem unserer unseres dieser diese dieses diesen diesem jeder
    jede jedes jeden jedem alle allen aller viele vielen welche welcher welches im am zum zur vom
    beim ins ans aufs furs
    """
)
"""German: what a noun follows, so that its capital says nothing."""

EVERYDAY = {
    "nl": _words(
        """
        de het een en of maar want dus dat die dit deze er hier daar wij we u uw ik je jij hij zij
        ze men wie wat waar wanneer waarom hoe als toen nu dan ook nog niet geen wel in op aan bij
        van voor naar met zonder om over onder tussen tijdens na sinds volgens tot uit door is was
        zijn waren heeft had hebben kan kunnen moet moeten mag wil wilt zou gelieve graag geachte
        beste hallo dag dank bedankt vriendelijke groeten hoogachtend betreft bijlage dossier
        onderwerp datum naam
        """
    ),
    "fr": _words(
        """
        le la les l un une des du de d et ou mais donc car ce cet cette ces c il elle ils elles on
        nous vous je j tu qui que qu quoi dont quand pourquoi comment combien si s ne n pas plus
        aussi encore alors ensuite puis a au aux en dans sur sous avec sans pour par chez vers
        entre pendant depuis apres avant selon lors est etait sont ont avait peut doit veuillez
        merci bonjour cher chere cordialement salutations objet annexe dossier date nom y leur
        leurs son sa ses notre nos votre vos t
        """
    ),
    "de": _words(
        """
        der die das den dem des ein eine einen einem einer eines und oder aber denn also dass dies
        diese dieser dieses er sie es wir ihr ihre ich du man wer was wo wann warum wie wenn als
        dann auch noch nicht kein keine in im am an auf bei beim von vom fur nach mit ohne um uber
        unter zwischen wahrend seit laut bis aus durch ist war sind waren hat hatte haben kann muss
        darf soll bitte danke guten tag sehr geehrte geehrter geehrten freundlichen grussen betreff
        anlage akte datum name ihnen ihren ihrem ihrer zum zur unser unsere mein meine uhr
        """
    ),
    "en": _words(
        """
        the a an and or but so that this these those there here we you your he she it they i my me
        our their his her its who what where when why how if then now also still not no in on at by
        of for to with without about over under between during after before since according until
        from out through is was are were has had have can could must should may would will please
        dear hello thank thanks kind regards sincerely subject annex attachment case file date name
        """
    ),
}
"""What may open a sentence or a letter and is no name."""
