"""What they said in the last ten days. `ago` is in hours; keys are named by the answers."""

# ruff: noqa: E501 - a line of the story is a line of the file
from typing import NamedTuple


class Line(NamedTuple):
    """A post. `to` is the key of what it answers; `picture` one of drawing.PICTURES; `loved` how many favour it."""

    ago: float
    who: str
    text: str
    key: str = ""
    to: str = ""
    picture: str = ""
    loved: int = 0
    boosted: int = 0
    poll: tuple[str, ...] = ()
    warning: str = ""
    visibility: str = "public"


STORY = (
    Line(238, "saintelvec", "Bienvenue sur le réseau de #SaintElvec ! Ici on lit, on répond, on se rencontre. Posez vos questions.", "bienvenue", loved=9, boosted=4),
    Line(237.5, "nolwenn", "@saintelvec Première question : la bibliothèque garde-t-elle ses horaires d’hiver ?", "horaires", "bienvenue", loved=2),
    Line(236, "saintelvec", "@nolwenn Oui : mardi à samedi, 10 h à 18 h 30. Et le dimanche matin dès décembre, si le chauffage suit.", "", "horaires", loved=5),
    Line(234, "rosa_k", "So the whole town is on here now. Hello, whole town. #SaintElvec", "hello", loved=7),
    Line(233.6, "tomasz_w", "@rosa_k Hello from the shed. Nothing has changed except I can hear you typing.", "", "hello", loved=6),
    Line(230, "maree_bot", "Pleine mer 05:12 et 17:38, coefficient 74. #marées"),
    Line(228, "yannig", "Retour de pêche : du vent, du bar, et une botte. La botte est à qui ?", "botte", "", "harbour", 8, 2),
    Line(227.5, "pierrick", "@yannig Pointure ?", "pointure", "botte", loved=4),
    Line(227.2, "yannig", "@pierrick 43. Pied gauche.", "", "pointure", loved=11),
    Line(222, "harbour_radio", "Good evening. The council votes tonight on the new cycle path along the quay. We listen so you can have dinner. #quay", "vote", loved=4, boosted=3),
    Line(220.5, "harbour_radio", "Cycle path: 19 for, 4 against. Work starts in the spring, between the lighthouse and the fish market. #quay", "voted", "vote", loved=12, boosted=6),
    Line(220.2, "kelvo_en", "@harbour_radio We may have cheered loudly enough to be heard on air. Sorry. #quay", "", "voted", loved=9),
    Line(220, "pierrick", "Une piste cyclable sur le quai ! Le vent de face sera enfin officiel. #SaintElvec", "", "", loved=8, boosted=2),
    Line(214, "brulerie_du_quai", "Mardi, jour de torréfaction : un Sidamo floral, un Huila tout en caramel. Lequel on vous garde ? #café", "vote_cafe", "", "", 6, 1, ("Le Sidamo", "Le Huila", "Les deux, soyons sérieux")),
    Line(213, "awa_d", "@brulerie_du_quai Les deux. Je sors de nuit, je ne suis pas en état de choisir.", "", "vote_cafe", loved=7),
    Line(206, "maree_bot", "Pleine mer 06:01 et 18:24, coefficient 81. #marées"),
    Line(203, "soizic", "Question d’élève : « Si la mer monte deux fois par jour, pourquoi elle ne déborde pas ? » Je cherche la réponse en 140 signes.", "mer", loved=13, boosted=4),
    Line(202.4, "oliver_p", "@soizic Because the Moon pulls the water and the Earth alike, just not equally. We turn under two bulges.", "", "mer", loved=8),
    Line(202, "yannig", "@soizic Elle déborde. Demande à ma cave.", "", "mer", loved=17, boosted=3),
    Line(198, "ines_m", "Tonight at the Lantern: leek soup, rye bread, strong opinions. #supper", "supper", "", "", 6),
    Line(197, "gwen_t", "@ines_m Saving a seat for me and one for my opinions?", "", "supper", loved=4),
    Line(190, "trams_elvec", "Ligne B : reprise normale après le retrait d’un parapluie de la voie. Le parapluie va bien. #trafic", "parapluie", "", "tram", 14, 5),
    Line(189.5, "nolwenn", "@trams_elvec Noir, manche en bois ? Il est à moi. Il avait besoin de voyager.", "", "parapluie", loved=10),
    Line(184, "kelvo_fr", "Le nouveau cadre est sorti de l’atelier : acier, 12 kg, garanti 15 ans. Il grince moins que son père. #MadeInElvec", "cadre", "", "bicycle", 11, 5),
    Line(183, "camille", "Trois semaines que je fais la route du phare avec. Il ne grince vraiment pas. #MadeInElvec", "", "cadre", loved=5),
    Line(182, "maree_bot", "Pleine mer 06:49 et 19:10, coefficient 88. #marées"),
    Line(178, "rosa_k", "My back brake sings in the rain. It is not a good song. Any idea, @kelvo_help?", "frein", loved=3),
    Line(177.6, "kelvo_help", "@rosa_k Oil from the road on the pads, most likely. Wipe the rim with alcohol, sand the pads lightly. Tell us how it goes!", "frein2", "frein", loved=4),
    Line(170, "rosa_k", "@kelvo_help Silence. Beautiful silence. Thank you!", "", "frein2", loved=6),
    Line(166, "le_guetteur", "Question au réseau : comment sait-on qu’une réunion est finie ?", "reunion", loved=15, boosted=6),
    Line(165.6, "soizic", "@le_guetteur Quand quelqu’un dit « rapidement ».", "", "reunion", loved=19, boosted=3),
    Line(165, "tomasz_w", "@le_guetteur When the planks are cut.", "", "reunion", loved=8),
    Line(164, "awa_d", "@le_guetteur Quand la relève arrive.", "", "reunion", loved=9),
    Line(158, "maree_bot", "Pleine mer 07:35 et 19:55, coefficient 92. #marées"),
    Line(154, "nolwenn", "Arrivées de la semaine à la bibliothèque : 41 livres, 2 jeux, 1 plante dont personne ne se souvient.", "", "", "library", 9, 2),
    Line(150, "oliver_p", "Clear sky tonight. Saturn low in the south-west after supper, rings almost edge-on. Field behind the school, 21:00. #stars", "ciel", "", "stars", 10, 4),
    Line(149, "soizic", "@oliver_p J’amène douze élèves et du chocolat chaud.", "", "ciel", loved=7),
    Line(145.8, "gwen_t", "I just saw the rings of Saturn with my own eye and I am not okay. #stars", "anneaux", "", "", 16, 4),
    Line(145.5, "oliver_p", "@gwen_t Nobody ever is. Same field on Thursday.", "", "anneaux", loved=8),
    Line(140, "saintelvec", "Marché de samedi : 32 étals, la fanfare à 11 h, et la soupe de l’école pour le voyage des CM2. #marché", "marche", "", "market", 9, 4),
    Line(139, "ines_m", "@saintelvec I am bringing leeks. Do not let anyone else bring leeks.", "", "marche", loved=8),
    Line(134, "maree_bot", "Pleine mer 08:20 et 20:39, coefficient 95. #marées"),
    Line(130, "harbour_radio", "Storm watch for Thursday night: gusts to 100 km/h on the point. Boats are being moved to the inner dock. #storm", "tempete", loved=6, boosted=8),
    Line(129.5, "yannig", "Le Petit-Goéland est au bassin, amarres doublées. Faites pareil. #tempête", "amarres", "", "", 10, 6),
    Line(129, "saintelvec", "Vent fort jeudi soir : parcs et jetée fermés de 18 h à 8 h. On vous tient au courant ici, heure par heure. #tempête", "vent", loved=8, boosted=7),
    Line(122, "saintelvec", "19 h : 74 km/h à la pointe. Jetée fermée. Rien à signaler d’autre que des chapeaux. #tempête", "vent2", "vent", loved=5, boosted=3),
    Line(120, "trams_elvec", "Ligne A limitée à Gare jusqu’à la fin du coup de vent. Bus de remplacement toutes les 15 minutes. #trafic #tempête", "ligneA", loved=3, boosted=4),
    Line(118, "saintelvec", "23 h : 97 km/h, pic attendu à minuit. Un arbre couché rue des Lavoirs, personne de blessé. #tempête", "vent3", "vent2", loved=6, boosted=5),
    Line(117.5, "awa_d", "Service calme, fenêtres bavardes. Bon courage à ceux qui sont dehors. #tempête", "", "", "", 9),
    Line(111, "saintelvec", "7 h : vent retombé, jetée ouverte à 8 h. Merci aux équipes de nuit, et à la boulangerie qui a ouvert pour elles.", "vent4", "vent3", loved=18, boosted=7),
    Line(110.6, "trams_elvec", "Ligne A : service normal. Merci de votre patience, et à nos agents qui ont dormi debout. #trafic", "", "ligneA", loved=8, boosted=2),
    Line(110, "rosa_k", "My neighbour’s garden chair is now my garden chair. Come and get it, 12 rue du Four. #storm", "chaise", "", "", 13, 2),
    Line(109, "pierrick", "@rosa_k Elle a l’air heureuse chez vous.", "", "chaise", loved=7),
    Line(104, "maree_bot", "Pleine mer 09:48 et 22:05, coefficient 90. #marées"),
    Line(98, "kelvo_fr", "On cherche une personne pour l’atelier : souder, régler, rire un peu. CDI, à Saint-Elvec. Écrivez-nous ici. #emploi", "emploi", "", "workshop", 9, 8),
    Line(97, "gwen_t", "@kelvo_fr Ma cousine soude mieux qu’elle ne cuisine. Je lui envoie ça.", "", "emploi", loved=6),
    Line(92, "tomasz_w", "Day 211. She floats. #boats", "bateau", "", "boat", 22, 9),
    Line(91.8, "yannig", "@tomasz_w Elle est belle. Elle s’appelle ?", "nom", "bateau", loved=4),
    Line(91.5, "tomasz_w", "@yannig Patience. Both the name and the advice.", "", "nom", loved=15, boosted=2),
    Line(90, "harbour_radio", "Launched this morning after 211 days of work: Patience, nine metres, larch on oak. Our report at six. #boats", "", "bateau", loved=8, boosted=3),
    Line(84, "brulerie_du_quai", "Résultat : le Sidamo gagne d’une tasse. Il arrive jeudi, moulu ou en grains. #café", "sidamo", "vote_cafe", loved=6),
    Line(80, "maree_bot", "Pleine mer 10:31 et 22:50, coefficient 83. #marées"),
    Line(76, "le_guetteur", "Question au réseau : quel est le plus petit service qu’on vous ait rendu et que vous n’avez jamais oublié ?", "service", loved=18, boosted=7),
    Line(75.6, "nolwenn", "@le_guetteur Quelqu’un a tenu la porte du tram pendant que je courais. Trente secondes. C’était en 2009.", "", "service", loved=14),
    Line(75, "ines_m", "@le_guetteur A stranger told me my soup needed salt. It did.", "", "service", loved=12),
    Line(74.5, "awa_d", "@le_guetteur Un patient m’a demandé comment moi, j’allais.", "", "service", loved=24, boosted=4),
    Line(70, "soizic", "Mes 4e ont calculé la hauteur du phare avec un bâton et son ombre : 31 m. Vraie hauteur : 31,4 m. Je suis émue.", "phare", "", "lighthouse", 20, 6),
    Line(69.5, "saintelvec", "@soizic La mairie confirme les 31,4 m et félicite les bâtons.", "", "phare", loved=13),
    Line(64, "trams_elvec", "Travaux ligne B dimanche : pas de tram avant midi entre Phare et Lavoirs. On graisse, on règle, on revient. #trafic", "", "", "", 3, 2),
    Line(60, "rosa_k", "Le film de ce soir au ciné-club.", "film", warning="Divulgâche la fin", loved=3),
    Line(56, "maree_bot", "Pleine mer 11:58, coefficient 70. #marées"),
    Line(52, "kelvo_en", "Recall, plainly: 140 bells from October may stick. They are bells, nobody is in danger. We send new ones. #kelvo", "cloche", "", "", 8, 5),
    Line(51.5, "gwen_t", "@kelvo_en Mine sticks on “ding”. I have grown fond of it.", "ding", "cloche", loved=16),
    Line(51, "kelvo_en", "@gwen_t Keep the ding. We post you a “dong” for balance.", "", "ding", loved=21, boosted=3),
    Line(46, "nolwenn", "Club lecture jeudi 19 h : on parle de phares, de tempêtes et de gens qui attendent. Il y aura du gâteau. #lecture", "", "", "", 8, 2),
    Line(42, "camille", "Semaine prochaine : une course de hashtags avec la Brûlerie. Entraînez vos pouces. #LeDernierCafé", "", "", "coffee", 9, 3),
    Line(36, "brulerie_du_quai", "Règle du jeu : chaque message avec #LeDernierCafé vous met en tête. Le dernier en tête à 18 h gagne un an de café.", "regle", "", "", 12, 8),
    Line(35.5, "pierrick", "@brulerie_du_quai Un an de café ou un an de sommeil, il faut choisir. #LeDernierCafé", "", "regle", loved=8),
    Line(35, "gwen_t", "Practising. Ignore me. #LeDernierCafé", "", "", "", 5),
    Line(32, "maree_bot", "Pleine mer 00:47 et 13:20, coefficient 62. #marées"),
    Line(28, "harbour_radio", "Thursday is pub-quiz night on air. What do you want questions about? #quiz", "quiz", "", "", 5, 1, ("Boats", "Soup", "The Moon", "Brakes")),
    Line(27, "oliver_p", "@harbour_radio I declare an interest in the Moon.", "", "quiz", loved=7),
    Line(20, "awa_d", "Première gelée ce matin. Les dahlias sont rentrés, moi aussi. #gelée", "", "", "garden", 11, 1),
    Line(19, "nolwenn", "Du givre sur la vitrine, et trois enfants y ont écrit leur nom. Je ne nettoie pas. #gelée", "", "", "", 10, 2),
    Line(17, "pierrick", "Le cadenas du vélo avait gelé. Le café l’a dégelé : il était temps qu’il serve. #gelée", "", "", "", 7, 1),
    Line(14, "yannig", "Deux bars, un homard, zéro botte. La pêche s’améliore.", "", "", "", 12, 1),
    Line(9, "ines_m", "The soup is leek again. The opinions are new. #supper", "", "", "", 7),
    Line(6, "trams_elvec", "Fin des travaux ligne B, avec deux heures d’avance. Nous aussi, on est surpris. #trafic", "avance", "", "", 13, 3),
    Line(5.5, "soizic", "@trams_elvec J’en fais un problème de vitesse pour lundi.", "", "avance", loved=8),
    Line(4, "oliver_p", "Clear again. Same field, 21:00, bring a hat. #stars", "", "", "", 6, 2),
    Line(3, "kelvo_help", "Winter check: tyres, lights, brakes, in that order. Ask us anything today until six. #kelvo", "", "", "", 4, 2),
    Line(2, "saintelvec", "Dimanche matin, la bibliothèque ouvre pour la première fois. Le chauffage a suivi. #SaintElvec", "", "", "", 10, 4),
    Line(1.6, "gwen_t", "A library, and a heated one. I may never leave. #SaintElvec", "", "", "", 9, 1),
    Line(1.2, "maree_bot", "Pleine mer 02:05 et 14:31, coefficient 58. #marées"),
    Line(0.6, "camille", "Café, marée basse, lumière rase. Rien d’autre à déclarer.", "", "", "sunrise", 8, 1),
    Line(0.2, "rosa_k", "Still here. Nine years and a week. #SaintElvec", "", "", "", 6),
)  # fmt: skip
