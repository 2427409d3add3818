"""Who lives in Saint-Elvec. Every name, face and word here is invented."""

from typing import NamedTuple


class Person(NamedTuple):
    """`house` is the organization that owns the account, or "" for somebody's own."""

    handle: str
    name: str
    bio: str
    language: str
    colour: str
    house: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    is_bot: bool = False


HOUSES = ("Ville de Saint-Elvec", "Tramways d’Elvec", "Brûlerie du Quai", "Kelvo", "Harbour Radio")

HOST = Person(
    "camille",
    "Camille Le Dantec",
    "J’écris pour Kelvo et la Brûlerie du Quai. Ici, je parle pour moi : vélo, café, marées. 🚲",
    "fr",
    "#1f6f8b",
    fields=(("Métier", "Communication"), ("Pronoms", "elle")),
)

CAST = (
    HOST,
    Person("saintelvec", "Ville de Saint-Elvec", "Le compte de la mairie. On répond en semaine, de 8 h à 18 h.", "fr",
           "#2b4c7e", HOUSES[0], (("Mairie", "1 place du Phare"), ("Téléphone", "poste 12, demander Annick"))),
    Person("trams_elvec", "Tramways d’Elvec", "Lignes A et B, état du trafic en direct. Signalez, on regarde.", "fr",
           "#b5483a", HOUSES[1]),
    Person("brulerie_du_quai", "Brûlerie du Quai", "On torréfie le mardi, ça sent bon jusqu’au phare. #café", "fr",
           "#6b4226", HOUSES[2], (("Adresse", "14 quai des Mousses"), ("Ouvert", "du mardi au samedi"))),
    Person("kelvo_fr", "Kelvo", "Des vélos qui durent, assemblés à Saint-Elvec. Le SAV : @kelvo_help", "fr", "#0b7a5c",
           HOUSES[3]),
    Person("kelvo_en", "Kelvo (English)", "Bicycles that last, made in Saint-Elvec. Help: @kelvo_help", "en", "#0b7a5c",
           HOUSES[3]),
    Person("kelvo_help", "Kelvo Help", "Questions about your bike, in English et en français.", "en", "#3f9142",
           HOUSES[3]),
    Person("harbour_radio", "Harbour Radio", "News of the coast, in English. 96.4 FM and right here.", "en", "#7a3e9d",
           HOUSES[4], (("Newsroom", "studio@harbour.example"),)),
    Person("maree_bot", "Marées", "L’heure des marées, deux fois par jour.", "fr", "#4a7c9b", is_bot=True),
    Person("nolwenn", "Nolwenn Riou", "Bibliothécaire. Je lis, je prête, je range, je recommence. 📚", "fr", "#a23b72"),
    Person("yannig", "Yannig", "Patron du Petit-Goéland. Levé avant vous.", "fr", "#35516d"),
    Person("soizic", "Soizic Abgrall", "Prof de sciences. Mes élèves posent de meilleures questions que moi.", "fr",
           "#c9772b"),
    Person("awa_d", "Awa Diarra", "Infirmière de nuit, jardinière de jour.", "fr", "#5d8a3a"),
    Person("pierrick", "Pierrick Guével", "Vélo, vent de face, tartines.", "fr", "#8a5a44"),
    Person("le_guetteur", "Le Guetteur", "Je pose des questions au réseau. Qui je suis n’a pas d’importance.", "fr",
           "#444b54"),
    Person("rosa_k", "Rosa Kowal", "Moved here for six months, nine years ago.", "en", "#d1495b"),
    Person("tomasz_w", "Tomasz Wolski", "I build wooden boats. Slowly.", "en", "#7d5a3c"),
    Person("ines_m", "Inês Matos", "Cook at the Lantern. Soup is an argument.", "en", "#e08e45"),
    Person("oliver_p", "Oliver Pell", "Amateur astronomer, professional night owl. 🔭", "en", "#2e3a59"),
    Person("gwen_t", "Gwen Tanguy", "Étudiante, serveuse, gardienne de but. FR / EN", "en", "#00798c"),
)  # fmt: skip
