package headers

import "golang.org/x/text/language/display"

func french() *language {
	return &language{
		name:     "French",
		regions:  []string{"FR", "BE", "CH"},
		required: []string{"(obligatoire)"},
		words:    append(frenchPeople(), frenchAddresses()...),
		signs: []string{"prenom", "nom", "societe", "entreprise", "codepostal", "ville", "pays", "telephone", "courriel", "fonction",
			"civilite", "adressedemessagerie"},
		localMeanings: []string{"poste", "portable", "commune", "npa", "rue", "cp"},
		your:          []string{"votre"},
		exclusions: []exclusionWords{
			{WhyConsent, []string{"rgpd"}},
			{WhyFax, []string{"telecopie"}},
			{WhyOther, []string{"urgence", "conjoint"}},
			{WhyOwner, []string{"proprietaire", "responsable"}},
			{WhyFirm, []string{"societe"}},
			{WhyID, []string{"siret", "siren"}},
		},
		statuses:    []string{"statut"},
		numbers:     []string{"numero"},
		fields:      []string{"nom", "adresse"},
		idle:        []string{"votre", "adresse", "personnel", "professionnel", "personnelle"},
		private:     []string{"personnel", "personnelle", "domicile"},
		qualifiers:  []string{"fixe", "bureau", "domicile", "travail", "numero"},
		countries:   display.French.Regions,
		shortTitles: []string{"m", "me"},
		months: [12]string{"janv|janvier", "fev|fevr|fevrier", "mars", "avr|avril", "mai", "juin",
			"juil|juillet", "aout", "sept|septembre", "oct|octobre", "nov|novembre", "dec|decembre"},
		yes:         []string{"oui", "o", "vrai"},
		no:          []string{"non", "faux"},
		nothing:     []string{"aucun", "aucune", "inconnu", "inconnue", "vide"},
		errors:      []string{"#VALEUR!", "#NOM?", "#NUL!", "#NOMBRE!"},
		salutations: []string{"m", "mme", "mlle", "monsieur", "madame", "mademoiselle"},
		stages:      []string{"nouveau", "chaud", "froid", "client", "gagne", "perdu"},
		refused:     []string{"desinscrit", "desabonne"},
	}
}

func frenchPeople() []words {
	return []words{
		{FirstName, usual, []string{"Prénom"}},
		{MiddleName, usual, []string{"Deuxième prénom"}},
		{Infix, usual, []string{"Particule"}},
		{LastName, usual, []string{"Nom de famille"}},
		{FullName, usual, []string{"Nom complet", "Nom et prénom"}},
		{Name, usual, []string{"Nom"}},
		{Title, usual, []string{"Titre"}},
		{Salutation, usual, []string{"Civilité"}},
		{Initials, usual, []string{"Initiales"}},
		{Email, usual, []string{"Courriel", "Adresse de messagerie", "Adresse de messagerie #", "Adresse e-mail", "Adresse électronique",
			"Adresse de courrier", "Mél"}},
		{Phone, usual, []string{"Téléphone", "Tél.", "Tél. fixe", "Numéro de téléphone"}},
		{Phone, mobile, []string{"Tél. mobile", "Téléphone mobile", "Portable", "Tél. portable", "Téléphone portable"}},
		{Phone, primary, []string{"Téléphone principal"}},
		{Phone, work, []string{"Téléphone (bureau)", "Téléphone # (bureau)"}},
		{Phone, home, []string{"Téléphone (domicile)", "Téléphone # (domicile)"}},
		{Phone, car, []string{"Téléphone (voiture)"}},
		{Job, usual, []string{"Fonction", "Poste", "Profession"}},
		{Company, usual, []string{"Société", "Entreprise", "Nom de l'entreprise", "Raison sociale"}},
		{Tags, usual, []string{"Étiquettes", "Catégories", "Groupe"}},
		{Note, usual, []string{"Remarques", "Commentaires"}},
		{Source, later, []string{"Origine", "Provenance"}},
		{Stage, usual, []string{"Étape"}},
		{Price, usual, []string{"Prix"}},
		{Timeframe, usual, []string{"Délai"}},
		{CustomerNumber, usual, []string{"N° client", "Numéro client"}},
		{LinkedIn, usual, []string{"Profil LinkedIn"}},
		{ArchiveDate, usual, []string{"Archivé le"}},
	}
}

func frenchAddresses() []words {
	return []words{
		{Street, usual, []string{"Rue", "Nom de la rue", "Adresse", "Adresse postale"}},
		{Street, work, []string{"Rue (bureau)"}},
		{Street, home, []string{"Rue (domicile)"}},
		{HouseNumber, usual, []string{"N° de rue"}},
		{SecondLine, usual, []string{"Adresse 2", "Complément d'adresse"}},
		{SecondLine, work, []string{"Rue (bureau) 2"}},
		{SecondLine, home, []string{"Rue (domicile) 2"}},
		{City, usual, []string{"Ville", "Localité", "Commune"}},
		{City, work, []string{"Ville (bureau)"}},
		{City, home, []string{"Ville (domicile)"}},
		{State, usual, []string{"Région"}},
		{State, work, []string{"Dép/Région (bureau)"}},
		{State, home, []string{"Dép/Région (domicile)"}},
		{Zip, usual, []string{"Code postal", "CP", "NPA"}},
		{Zip, work, []string{"Code postal (bureau)"}},
		{Zip, home, []string{"Code postal (domicile)"}},
		{Country, usual, []string{"Pays"}},
		{Country, work, []string{"Pays/Région (bureau)"}},
		{Country, home, []string{"Pays/Région (domicile)"}},
	}
}
