package mapping

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// kind is something that cells look like.
type kind struct {
	letter byte
	what   string
	looks  func(string) bool
}

// kinds are those that a column can be told by.
func kinds() []kind {
	return []kind{{'e', "e-mail addresses", looksEmail}, {'y', "yes or no", looksYesNo}, {'u', "addresses of web pages", looksURL},
		{'d', "dates", looksDate}, {'p', "phone numbers", looksPhone}, {'n', "numbers", looksNumber}, {'s', "stages of a sale", looksStage}, {'t', "states of the USA", looksUSState}}
}

// impossible lists the kinds of cells that cannot be under a header of a concept.
func (c concept) impossible() string {
	switch c {
	case aFirstName, aMiddleName, anInfix, aLastName, aFullName, aSalutation, anInitials, aJob, aStreet, aCity:
		return "eyudpn"
	case anEmail:
		return "yudpn"
	case aPhone:
		return "eyud"
	case aCompany, aCustomer:
		return "eyudp"
	case aState, aCountry:
		return "eyudpns"
	case aZip:
		return "eyuds"
	case someTags, someSegments:
		return "eyud"
	case aSource:
		return "edp"
	case aStage:
		return "eudpt"
	case aPrice, anArchiveDate:
		return "eyut"
	case aCustomerNumber, aLinkedIn:
		return "eyd"
	}
	return ""
}

// contradicted sets aside the columns whose cells are not what their headers say.
func (w *matcher[C]) contradicted() {
	for i := range w.meaning {
		m := &w.meaning[i]
		called := w.called(i)
		if w.m.own || w.explicit[i] != nil || m.aside != "" || m.doubt != "" || called == "" {
			continue
		}
		if why := w.contradiction(i); why != "" {
			m.wrong = "its header says " + called + ", but " + why
		}
	}
}

// contradiction says what the cells of a column are that its header does not allow, "" if they may be what it says.
func (w *matcher[C]) contradiction(i int) string {
	c, m := w.column(i), &w.meaning[i]
	if c == nil {
		return ""
	}
	if m.field >= 0 && w.t.Fields[m.field].Type == "yes/no" && m.how != "name" {
		if c.share(saysYesOrNo) < 0.5 {
			return "few of its cells are yes or no"
		}
	}
	means := w.means(i)
	if c.counted < 2 || means == anEmail && m.field >= 0 && w.t.Fields[m.field].Link != "" {
		return ""
	}
	for _, k := range kinds() {
		isID := k.letter == 'p' && m.field >= 0 && w.t.Fields[m.field].Link != "" // long digits are no phones there
		if strings.IndexByte(means.impossible(), k.letter) < 0 || isID {
			continue
		}
		if share := c.share(k.looks); share >= 0.8 && c.share(means.looks()) < 0.2 {
			return cellsAre(share, k.what)
		}
	}
	if why := c.lacks(means); why != "" {
		return why
	}
	at := m.field
	if at < 0 || !w.t.Fields[at].Writable {
		at = w.fieldOf(m.concept)
	}
	return w.hardlyTakes(at, c)
}

// hardlyTakes says that a field of few values would take hardly a cell of a column, so that nearly every row would be
// rejected; "" otherwise. The user may have other values for the cells.
func (w *matcher[C]) hardlyTakes(field int, c *columnProfile) string {
	if field < 0 || !w.t.Fields[field].rules.closed || c == nil || w.replaces(field) {
		return ""
	}
	f, are := &w.t.Fields[field], "no cell is"
	taken := w.takesCell(f, c)
	switch share := c.share(taken); {
	case share >= 0.1:
		return ""
	case share > 0:
		are = "hardly a cell is"
	}
	bad := ""
	for v := range c.values {
		if !taken(v) && (bad == "" || v < bad) {
			bad = v
		}
	}
	return fmt.Sprintf("%s a %s: %s is none", are, f.Type, quote(bad))
}

// takesCell says of a cell of a column whether a field would take it. ZIP codes that may have lost their zeros count: each
// is reported, and the user can mend them.
func (w *matcher[C]) takesCell(f *Field[C], c *columnProfile) func(string) bool {
	from := []source{{part: f.main, seen: c.evidence.judge()}}
	short := f.main == aZip && !w.abroad()
	return func(v string) bool {
		var contact C
		r := reading{o: &w.m.options, phones: &w.m.phones, cells: []string{v}, name: f.Name, rules: &f.rules}
		return v == w.o.Clear || f.read(&r, from, &contact) || short && (zipDigits(v) == 3 || zipDigits(v) == 4)
	}
}

// abroad says whether the countries of a sheet are others than the USA.
func (w *matcher[C]) abroad() bool {
	return slices.ContainsFunc(w.m.Columns, func(c Column) bool {
		return w.meaning[c.Index].concept == aCountry && w.column(c.Index).share(looksAbroad) >= 0.9
	})
}

// lacks says which sign no cell of a column has that every value of a concept needs, "" if some have it.
func (c *columnProfile) lacks(means concept) string {
	switch {
	case c.counted < 3:
	case means == anEmail && c.share(func(v string) bool { return strings.Contains(v, "@") }) == 0:
		return "no cell has an @"
	case (means == aPhone || means == aZip) && c.share(func(v string) bool { return countDigits(v) > 0 }) == 0:
		return "no cell has a digit"
	}
	return ""
}

// called is the field that a column would be, "" if there is none.
func (w *matcher[C]) called(i int) string {
	if f := w.meaning[i].field; f >= 0 && w.t.Fields[f].Writable {
		return w.t.Fields[f].Name
	}
	return w.fieldNames(w.meaning[i].concept)
}

// looks is what cells of a concept look like; of one that cells cannot tell, none do.
func (c concept) looks() func(string) bool {
	switch c {
	case anEmail:
		return looksEmail
	case aPhone:
		return looksPhone
	case aFirstName, aMiddleName, aLastName, aFullName, aCity:
		return isWords
	case aSalutation:
		return looksSalutation
	case anInfix:
		return looksInfix
	case aZip:
		return looksZip
	case aCountry:
		return looksCountry
	case aState:
		return looksUSState
	case aLinkedIn:
		return looksLinkedIn
	case aHouseNumber:
		return looksHouseNumber
	case aStage:
		return looksStage
	case aPrice:
		return looksNumber
	}
	return func(string) bool { return false }
}

// foreignWords doubts headers that are a word of one language in a sheet whose other headers are of another: "Land" is a
// country in Dutch and German only.
func (w *matcher[C]) foreignWords() {
	spoken := tongues(w.folded)
	for i := range w.meaning {
		m := &w.meaning[i]
		of := tongueOf(w.folded[i])
		if of == "" || spoken == "" || strings.ContainsAny(of, spoken) || m.how != "alias" || m.concept == none || w.explicit[i] != nil {
			continue
		}
		if share := w.column(i).share(m.concept.looks()); share >= 0.5 {
			m.reason = "its cells agree"
			continue
		}
		m.doubt = "the word is of another language than the other headers"
	}
}

// tongueOf gives the languages of a header that means a field in those only, by letter: English, Dutch, German, French,
// Spanish.
func tongueOf(folded string) string {
	switch folded {
	case "land":
		return "nd"
	case "bus", "rol", "relatie", "stad":
		return "n"
	case "ort", "stelle", "rufname", "handy":
		return "d"
	case "poste", "portable", "commune", "npa", "rue":
		return "f"
	case "cp":
		return "fs"
	case "cargo", "piso", "calle", "domicilio", "municipio":
		return "s"
	case "first", "last", "county", "list", "lists":
		return "e"
	}
	return ""
}

// tongues gives the languages of a header row, by words that each belong to one of them.
func tongues(folded []string) string {
	spoken := ""
	for _, t := range []struct{ letter, words string }{
		{"e", "firstname|lastname|fullname|phone|phonenumber|mobilephone|emailaddress|company|companyname|jobtitle|address|street|city|zip|zipcode|state|country|notes|created|createddate|owner|stage"},
		{"n", "voornaam|achternaam|naam|familienaam|tussenvoegsel|bedrijf|bedrijfsnaam|functie|straat|huisnummer|plaats|woonplaats|telefoon|telefoonnummer|emailadres|mobiel|opmerkingen|aanhef|geboortedatum|gemeente"},
		{"d", "vorname|nachname|anrede|firma|strasse|hausnummer|plz|postleitzahl|telefon|telefonnummer|wohnort|bemerkungen|geburtsdatum|ansprechpartner"},
		{"f", "prenom|nom|societe|entreprise|codepostal|ville|pays|telephone|courriel|fonction|civilite|adressedemessagerie"},
		{"s", "nombre|nombrecompleto|apellido|apellidos|empresa|telefono|correo|correoelectronico|ciudad|pais|codigopostal|direccion|movil"},
	} {
		if slices.ContainsFunc(folded, func(f string) bool { return f != "" && has(t.words, f) }) {
			spoken += t.letter
		}
	}
	return spoken
}

// tokens are the words of a header: "EmailOptOut" and "E-mail opt-out" are email, opt and out.
func tokens(header string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, fold(string(word)))
			word = word[:0]
		}
	}
	var last rune
	for _, r := range norm.NFC.String(header) {
		if unicode.IsUpper(r) && unicode.IsLower(last) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' {
			flush()
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word = append(word, r)
		}
		last = r
	}
	flush()
	for i := 0; i+1 < len(words); i++ {
		if words[i] == "e" && strings.HasPrefix(words[i+1], "mail") {
			words = slices.Replace(words, i, i+2, "e"+words[i+1])
		}
	}
	return words
}

// asides sets aside the columns of unknown headers that have a known word in them and are something else, or say by yes or
// no what a person has agreed to.
func (w *matcher[C]) asides() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept != none || m.field >= 0 || m.aside != "" || w.m.Columns[i].State != 0 {
			continue
		}
		if stem := w.companionOf(i); stem != "" {
			m.aside = fmt.Sprintf("it holds the ids of what column %q names", stem)
			continue
		}
		words := tokens(w.m.Columns[i].Header)
		why := asideByTokens(words)
		agreed := w.agreement(i, words, why)
		switch {
		case agreed:
			m.aside = asConsent
		case len(words) > 1 && among(words, fieldWords):
			m.aside = why
		}
	}
}

// agreement says whether the cells of a column say what a person has agreed to: by yes or no, by the day of a refusal, or
// by words such as unsubscribed, which are also the status of an address.
func (w *matcher[C]) agreement(i int, words []string, why string) bool {
	c := w.column(i)
	if why != asConsent {
		return among(words, "status") && c.share(saysRefusal) > 0
	}
	dated := isRefusal(words)
	return c.share(saysRefusal) > 0 || c.share(func(v string) bool { return saysYesOrNo(v) || dated && looksDate(v) }) >= 0.8
}

// companionOf finds the column whose ids a column holds, "" if it is none: "Account.id" beside "Account".
func (w *matcher[C]) companionOf(i int) string {
	h := clean(w.m.Columns[i].Header)
	for _, end := range []string{".id", "/id", "/.id", "/Database ID", "/External ID", " ID", "_id"} {
		if n := len(h) - len(end); n > 0 && strings.EqualFold(h[n:], end) {
			for _, c := range w.m.Columns {
				if c.Index != i && strings.EqualFold(clean(c.Header), h[:n]) {
					return c.Header
				}
			}
		}
	}
	return ""
}

// among says whether any of the words is in a list.
func among(words []string, list string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return has(list, word) })
}

// asideByTokens says why a header of these words is no field, "" if it could be one.
func asideByTokens(words []string) string {
	if among(words, "last") && !among(words, "name") {
		return asFact
	}
	if asksNotTo(words) {
		return asConsent
	}
	for _, rule := range []struct{ why, words string }{
		{asConsent, "optin|optout|opt|consent|gdpr|avg|dsgvo|rgpd|subscribed|unsubscribed|unsubscribe|optedout|optedin|marketing|dnc|tcpa|donotcall|donotemail|newsletter|nieuwsbrief|toestemming|einwilligung"},
		{asFact, "count|status|type|label|verified|valid|validity|quality|score|domain|format|bounced|bounce|sent|opened|opens|clicks|date|datum|display|typ|soort|kind"},
		{asFax, "fax|faxnummer|telefax|telecopie|pager|telex|tty|extension|ext|toestel|durchwahl"},
		{asOther, "spouse|partner|assistant|assistants|manager|managers|emergency|noodcontact|noodgeval|notfall|urgence|emergencia|agent|agents|referrer|referral|lender|parent|father|mother|vader|moeder|" +
			"echtgenoot|echtgenote|ehepartner|conjoint|supervisor|child|children|beneficiary"},
		{asOwner, "owner|salesperson|representative|accountmanager|eigenaar|besitzer|betreuer|verantwortlicher|proprietaire|responsable|propietario|verkoper|adviseur"},
		{asFirm, "company|corporate|hq|headquarters|switchboard|bedrijf|firma|societe|empresa|organization|organisation|hoofdkantoor|account"},
		{asID, "id|guid|uuid|externalid|recordid|kv|kvk|kvknummer|btw|btwnummer|vat|iban|bic|siret|siren"},
	} {
		if among(words, rule.words) {
			return rule.why
		}
	}
	return ""
}

// byWords understands headers that say a field and beside it only words that say nothing more: "Customer E-mail". Cells
// have to agree, or else the column is only proposed.
func (w *matcher[C]) byWords() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept != none || m.field >= 0 || m.aside != "" || w.m.Columns[i].State != 0 || w.original(i) != none {
			continue
		}
		words := tokens(w.m.Columns[i].Header)
		means := w.wordsMean(words)
		if means == none || w.column(i) != nil && w.unlike(i, means) {
			continue
		}
		*m = meaning{concept: means, field: -1, how: "words", rank: 50_000 + i}
		if among(words, privateWords) {
			m.rank += 10_000
		}
		switch share := w.column(i).share(means.looks()); {
		case share >= 0.8:
			m.reason = "its cells agree"
		case !w.empty(i):
			m.doubt = "its header says so among other words"
		}
	}
}

// wordsMean is the concept that words say among others that say nothing more, none if they say more or nothing.
func (w *matcher[C]) wordsMean(words []string) concept {
	var core strings.Builder
	reach := none // what every word says by itself
	for i, word := range words {
		if has(idleWords, word) {
			continue
		}
		core.WriteString(word)
		if i > 0 && has("no|n", word) || has(whichWords, word) || len(word) == 1 && isDigits(word) {
			continue
		}
		hit, ok := w.alias(word)
		if !ok {
			hit, ok = w.alias(strings.TrimSuffix(word, "nr"))
		}
		if !ok || hit.concept != anEmail && hit.concept != aPhone || reach != none && reach != hit.concept {
			reach = conceptCount // of which there is none
			continue
		}
		reach = hit.concept
	}
	hit, ok := w.alias(core.String())
	switch {
	case ok && slices.Contains([]concept{aName, aNombre, aTitle, aCustomer, aCompany, aFullName}, hit.concept), ok && isAddressPart(hit.concept) && hit.scope != "":
		return none
	case ok:
		return hit.concept
	case reach == conceptCount:
		return none
	}
	return reach
}

// fieldWords are those by which a header could be taken for a field.
const fieldWords = "email|emails|mail|phone|phones|telefoon|telefon|telephone|telefono|tel|mobile|mobiel|mobil|cell|sms|text|name|naam|nom|nombre|first|last|" +
	"address|adres|adresse|linkedin|city|zip|state|country|title"

// idleWords say nothing about what a column holds.
const idleWords = "contact|contacts|customer|client|klant|lead|person|persoon|primary|main|your|my|je|uw|ihre|votre|su|best|what|is|please|enter|current|preferred|" +
	"address|adres|adresse|private|prive|privat|personal|personnel|zakelijk|professionnel|personnelle|de|het|the|of|van|1"

// privateWords mark what is left where another column of the person has the same.
const privateWords = "private|prive|privat|personal|personnel|personnelle|home|thuis|domicile|casa|particular"

// whichWords tell the phones and e-mail addresses of one person apart.
const whichWords = "work|home|office|business|direct|secondary|second|alternate|alternative|alt|other|landline|line|fixed|number|nr|num|" +
	"vast|vaste|werk|thuis|zak|kantoor|nummer|lijn|op|geschaftlich|dienstlich|arbeit|buro|fix|" +
	"fixe|bureau|domicile|travail|numero|fijo|trabajo|casa|oficina|particular"
