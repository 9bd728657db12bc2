package names

import (
	"strings"

	"crmferry/mapping/cells"
)

// groupWords are the words, folded, of what stands in columns of names and is no person.
var groupWords = []roleList{
	{household, "eheleute ehepaar familie fam family famille familia famiglia familien familjen rodzina rodina perhe erbengemeinschaft erven"},
	{body, "firma stadt stadtwerke stadtverwaltung gemeinde gemeindeverwaltung gemeente landkreis landratsamt finanzamt bundesamt amtsgericht provincie waterschap ministerie ministerium ministry ministere mairie " +
		"commune comune ayuntamiento prefeitura prefettura municipio universitat universiteit universite universidad universita universidade univerzita uniwersytet university hochschule fachhochschule grundschule " +
		"hogeschool basisschool lycee ecole college instituto institut kirchengemeinde parochie paroisse pfarrei ristorante klinik klinikum krankenhaus ziekenhuis hopital praxis gemeinschaftspraxis zahnarztpraxis " +
		"apotheke sparkasse volksbank raiffeisenbank sportverein turnverein verein vereniging stichting fundacion fundacja fondation asociacion associazione restaurant hotel urzad obec mesto autohaus kanzlei"},
	{trade, "services solutions consulting consultancy enterprises industries systems technologies technology ventures partners associates university hospital hotel restaurant institute bank trust agency " +
		"studio studios clinic bakery realty properties logistics software labs holdings advocaten makelaars makelaardij bouw groep gruppe verlag apotheke werke"},
	{desk, "info information sales team support admin administrator administration office contact contacts kontakt reception receptie front desk help helpdesk frontdesk service customer customers kundenservice kundendienst " +
		"klantenservice billing accounting accounts payable receivable buchhaltung boekhouding administratie comptabilite einkauf inkoop verkauf verkoop vertrieb marketing hr resources human personalabteilung " +
		"sekretariat secretariaat secretariat empfang zentrale verwaltung deleted unknown former inactive removed test testing guest user default system reply noreply webmaster postmaster newsletter anonymous anonym nn tbd tba " +
		"employee department dept abteilung afdeling equipe unbekannt onbekend inconnu desconocido sconosciuto account it manager"},
}

// group is what a cell in a column of names holds in place of a person.
type group struct {
	code string // of a remark
	what string // for people, behind the cell
}

// groupOf says what a cell in place of a name is, if it is no person. The zero value is a name, as far as that shows.
func groupOf(v string) group {
	first, rest, several := strings.Cut(v, " ")
	switch r := lookUp(first); {
	case r&household != 0 && several:
		return group{cells.RemarkPeople, "looks like the name of several people"}
	case r&body != 0 && several, several && isOwned(rest):
		return group{cells.RemarkCompany, "looks like the name of a company"}
	case r&desk != 0 && areDesk(rest), several && (strings.EqualFold(first, "team") || endsInTeam(rest)):
		return group{cells.RemarkNoName, "is hardly the name of a person"}
	}
	return group{}
}

// areDesk reports whether all words, of which there may be none, are of accounts or departments.
func areDesk(v string) bool {
	for word := range strings.FieldsSeq(v) {
		if lookUp(word)&desk == 0 {
			return false
		}
	}
	return true
}

// endsInTeam reports whether the last word is Team.
func endsInTeam(v string) bool {
	return len(v) >= 4 && strings.EqualFold(v[len(v)-4:], "team") && (len(v) == 4 || v[len(v)-5] == ' ')
}

// isOwned reports whether words hold one that stands between a firm and its owner: Schulz Bau Inh. Peter Schulz.
func isOwned(v string) bool {
	at := strings.Index(v, "Inh")
	if at < 0 {
		return false
	}
	word, _, more := strings.Cut(v[at:], " ")
	return more && (word == "Inh." || word == "Inhaber" || word == "Inhaberin")
}
