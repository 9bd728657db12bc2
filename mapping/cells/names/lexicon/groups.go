package lexicon

// groupWords are the words, folded, of what stands in columns of names and is no person.
var groupWords = []roleList{
	{Household, "eheleute ehepaar familie fam family famille familia famiglia familien familjen rodzina rodina perhe erbengemeinschaft erven"},
	{Body, "firma stadt stadtwerke stadtverwaltung gemeinde gemeindeverwaltung gemeente landkreis landratsamt finanzamt bundesamt amtsgericht provincie waterschap ministerie ministerium ministry ministere mairie " +
		"commune comune ayuntamiento prefeitura prefettura municipio universitat universiteit universite universidad universita universidade univerzita uniwersytet university hochschule fachhochschule grundschule " +
		"hogeschool basisschool lycee ecole college instituto institut kirchengemeinde parochie paroisse pfarrei ristorante klinik klinikum krankenhaus ziekenhuis hopital praxis gemeinschaftspraxis zahnarztpraxis " +
		"apotheke sparkasse volksbank raiffeisenbank sportverein turnverein verein vereniging stichting fundacion fundacja fondation asociacion associazione restaurant hotel urzad obec mesto autohaus kanzlei " +
		"backerei metzgerei fleischerei gartnerei tischlerei schreinerei malerbetrieb weingut gasthof gasthaus pfarramt kindergarten kita schule gymnasium realschule gesamtschule pension cafe garage boulangerie " +
		"patisserie pharmacie librairie syndicat syndic cabinet societe entreprise agence atelier clinique eglise imprimerie studio ristorante pizzeria trattoria osteria farmacia panificio officina scuola istituto " +
		"azienda ditta societa parrocchia impresa carrozzeria agriturismo albergo panaderia taller talleres clinica hostal escuela iglesia parroquia empresa construcciones transportes colegio escola padaria " +
		"restaurante condominio igreja sklep szkola przedszkole gabinet apteka kancelaria zaklad stowarzyszenie spoldzielnia skola restaurace urad obs bakkerij slagerij kapsalon huisartsenpraktijk " +
		"tandartspraktijk praktijk vve autobedrijf garagebedrijf aannemersbedrijf bouwbedrijf installatiebedrijf schildersbedrijf transportbedrijf drukkerij advocatenkantoor notariskantoor makelaardij " +
		"haus landhaus ferienhaus gastehaus forsthaus rathaus pflegeheim seniorenheim altenheim altersheim wohnheim seniorenzentrum jugendherberge brauerei molkerei konditorei druckerei schlosserei zimmerei " +
		"residenz residence domaine chateau arztpraxis tierarztpraxis physiotherapie steuerkanzlei huize boerderij verzorgingshuis zorgcentrum buurthuis kinderdagverblijf manege " +
		"camping kerk museum theater theatre bibliotheek tennisclub voetbalclub golfclub sportclub"},
	{Trade, "services solutions consulting consultancy enterprises industries systems technologies technology ventures partners associates university hospital hotel restaurant institute bank trust agency " +
		"studio studios clinic bakery realty properties logistics software labs holdings advocaten makelaars makelaardij bouw groep gruppe verlag apotheke werke " +
		"council school academy museum library society association committee centre center club garage pharmacy plumbing construction roofing landscaping insurance mortgages farms motors transport " +
		"international catering cleaning travel tours events productions publishing network networks interiors kitchens builders architects engineering solicitors accountants lawyers surveyors dentists surgery"},
	{Desk, "info information sales team support admin administrator administration office contact contacts kontakt reception receptie front desk help helpdesk frontdesk service customer customers kundenservice kundendienst " +
		"klantenservice billing accounting accounts payable receivable buchhaltung boekhouding administratie comptabilite einkauf inkoop verkauf verkoop vertrieb marketing hr resources human personalabteilung " +
		"sekretariat secretariaat secretariat empfang zentrale verwaltung deleted unknown former inactive removed test testing guest user default system reply noreply webmaster postmaster newsletter anonymous anonym nn tbd tba inbox mailbox switchboard voicemail posteingang postfach " +
		"employee caller lead no new demo sample dummy visitor department dept abteilung afdeling equipe unbekannt onbekend inconnu desconocido sconosciuto account it manager"},
}
