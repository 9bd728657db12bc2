package mapping

import (
	"slices"
	"strings"
)

// program is a program that writes contacts into sheets: what its headers are recognised by, and what they mean there
// and nowhere else. Lists of headers are parted by |; a * at an end stands for any rest.
type program struct {
	name    string   // "a Google Contacts export"
	how     string   // "Google Contacts"
	marks   []string // headers that only this program writes; all of one line have to be there
	scope   string   // what the headers of a person start with: "Person - "
	means   []meant
	late    []meant // those that any other header of the concept is better than
	asides  []aside
	fillers string // cells that mean empty: "0/0/00"
	sep     string // what parts the words of one cell, "" for anything usual
	records string // the columns that are empty in a row that only continues the one above
	warning string // what whoever imports it should know
}

// meant are headers and the concept that they mean.
type meant struct {
	concept concept
	headers string
}

// aside are headers that look like a field, or that a user would look for, and are none.
type aside struct{ why, headers string }

// Why a column is left aside.
const (
	asOwner    = "it says who looks after the contact"
	asID       = "it holds ids that only the program it comes from knows"
	asOther    = "it belongs to somebody else than the contact"
	asFirm     = "it belongs to the company, not to the person"
	asFact     = "it tells about a value, and is none itself"
	asElse     = "none of the fields, whatever its header" // of the vendor, as any column that is not recognised
	asFax      = "it is a fax, a pager or the like"
	asConsent  = "it says whether the person may be mailed or called"
	asSound    = "it says how the name sounds"
	asWholeOne = "it holds a whole address in one cell"
	asCompare  = "it counts or rates, and holds nothing of the contact itself"
)

// recognise finds the program that wrote a header: the one with most of its marks there. Two that fit equally are none.
func recognise(folded []string, headers []string) *program {
	var best *program
	most, tied := 0, false
	for _, p := range programs() {
		n := p.fits(folded, headers)
		switch {
		case n > most:
			best, most, tied = p, n, false
		case n == most && n > 0:
			tied = true
		}
	}
	if tied {
		return nil
	}
	return best
}

// fits counts the marks of the longest line that is there as a whole.
func (p *program) fits(folded, headers []string) int {
	most := 0
	for _, line := range p.marks {
		marks := strings.Split(line, "|")
		if !slices.ContainsFunc(marks, func(m string) bool { return !slices.Contains(folded, foldHeader(m)) }) {
			most = max(most, len(marks))
		}
	}
	if p.scope == "" {
		return most
	}
	scoped := 0
	for _, h := range headers {
		if _, ok := cutScope(h, p.scope); ok {
			scoped++
		}
	}
	if scoped < 2 {
		return most
	}
	return max(most, scoped)
}

// cutScope takes the scope off a header. Scopes are written in any of several languages, parted by |.
func cutScope(header, scopes string) (string, bool) {
	for scope := range strings.SplitSeq(scopes, "|") {
		if rest, ok := strings.CutPrefix(clean(header), scope); ok && scope != "" {
			return rest, true
		}
	}
	return header, false
}

// concept is what a folded header means in this program; ok is false if it means nothing of its own there. Of several
// headers of a concept, the one that comes first here is preferred; those of late come behind the vocabulary.
func (p *program) concept(folded string) (meaning, bool) {
	for i, list := range [][]meant{p.means, p.late} {
		rank := 10 + 90_000*i
		for _, m := range list {
			for h := range strings.SplitSeq(m.headers, "|") {
				if rank++; listed(h, folded) {
					return meaning{concept: m.concept, rank: rank, field: -1, how: p.how}, true
				}
			}
		}
	}
	return meaning{}, false
}

// aside is why a folded header is no field, "" if the program does not say so.
func (p *program) aside(folded string) string {
	for _, a := range p.asides {
		if listed(a.headers, folded) {
			return a.why
		}
	}
	return ""
}

// listed says whether a list of headers has a folded one.
func listed(headers, folded string) bool {
	for h := range strings.SplitSeq(headers, "|") {
		start, open := strings.CutSuffix(h, "*")
		if f := foldHeader(start); f == folded || open && strings.HasPrefix(folded, f) {
			return true
		}
	}
	return false
}

// useProgram finds the program that wrote the sheet, and takes the scope off the headers of a person.
func (w *matcher[C]) useProgram() {
	headers := make([]string, len(w.m.Columns))
	for i, c := range w.m.Columns {
		headers[i] = c.Header
	}
	if w.m.own {
		return
	}
	p := recognise(w.folded, headers)
	if p == nil {
		return
	}
	w.program, w.m.Program = p, p.name
	if p.warning != "" {
		w.m.Program += ": " + p.warning
	}
	for i, h := range headers {
		if rest, ok := cutScope(h, p.scope); ok {
			w.folded[i] = foldHeader(rest)
		}
	}
}

// programSays is what the program says of a column; ok is false if it says nothing.
func (w *matcher[C]) programSays(i int) (meaning, bool) {
	if w.program == nil {
		return meaning{}, false
	}
	f := foldHeader(w.m.Columns[i].Header)
	for _, header := range []string{f, w.folded[i]} {
		if m, ok := w.program.concept(header); ok {
			if m.concept == aSalutation && slices.Contains(w.folded[:i], w.folded[i]) {
				m.concept = aJob // of the two columns Titre
			}
			return m, true
		}
		if why := w.program.aside(header); why != "" {
			return meaning{field: -1, aside: why}, true
		}
	}
	return meaning{}, false
}

// sourceOf is a column as the rows are read from it.
func (w *matcher[C]) sourceOf(column int, part concept) source {
	s := source{index: column, ref: w.m.Columns[column].Ref(w.m.Columns), part: part}
	if w.program != nil {
		s.sep = w.program.sep
	}
	switch part {
	case aState, aZip:
		if part == aZip {
			s.state = w.stateOf(column)
		}
		s.nations = w.nations(func(scope string) bool { return scope == w.meaning[column].scope })
	case aPhone:
		s.nations = w.phoneNations(column)
	case aFullName:
		s.spanish = strings.Contains(tongues(w.folded), "s")
	}
	return s
}

// stateOf is the column that has the state of the address that a postal code is part of, nil without one.
func (w *matcher[C]) stateOf(column int) *source {
	for i := range w.meaning {
		if w.means(i) == aState && w.meaning[i].scope == w.meaning[column].scope && !w.empty(i) {
			return &source{index: i, ref: w.m.Columns[i].Ref(w.m.Columns), part: aState}
		}
	}
	return nil
}

// nations are the columns that have the countries of addresses of certain scopes.
func (w *matcher[C]) nations(scope func(string) bool) (found []source) {
	for i := range w.meaning {
		if w.isCountry(i) && scope(w.meaning[i].scope) && !w.empty(i) {
			found = append(found, source{index: i, ref: w.m.Columns[i].Ref(w.m.Columns), part: aCountry})
		}
	}
	return found
}

// phoneNations are the columns that a phone's country is taken from: those of no address in particular and of the one that
// the phone belongs to, else any.
func (w *matcher[C]) phoneNations(column int) []source {
	own := w.meaning[column].scope
	if found := w.nations(func(scope string) bool { return scope == "" || scope == own }); found != nil {
		return found
	}
	return w.nations(func(string) bool { return true })
}

// isCountry says whether a column has countries, be it one that feeds no field.
func (w *matcher[C]) isCountry(i int) bool {
	m := &w.meaning[i]
	switch {
	case len(w.explicit[i]) > 0:
		return w.means(i) == aCountry
	case m.field >= 0 && w.t.Fields[m.field].main == aCountry, m.concept == aCountry:
		return true
	}
	return m.scope != "" && w.original(i) == aCountry
}

// split appends the words of a cell that holds several.
func (s *source) split(words []string, v string) []string {
	switch {
	case s.part == aCompany || s.part == aCustomer:
		return splitFirms(words, v)
	case s.sep == "":
		return splitTags(words, v)
	}
	for word := range strings.SplitSeq(v, s.sep) {
		if word = clean(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// fewWords is how many words of a cell are kept without memory of their own.
const fewWords = 8

// consent is a column that says whether a person may be mailed or called.
type consent struct {
	source
	refusal bool // yes is a no: "Email Opt Out"
}

// programRules takes down what the rows have to be read by beside their fields: fillers, consent, and the columns that
// only the first row of each record fills.
func (w *matcher[C]) programRules() {
	if w.program != nil && w.program.fillers != "" {
		w.m.fillers = strings.Split(w.program.fillers, "|")
	}
	for i, c := range w.m.Columns {
		if w.meaning[i].aside == asConsent && len(w.explicit[i]) == 0 { // a column mapped to nothing says it all the same
			w.m.consents = append(w.m.consents, consent{source{index: i, ref: c.Ref(w.m.Columns)}, isRefusal(tokens(c.Header))})
		}
		if w.program != nil && w.program.records != "" && listed(w.program.records, foldHeader(c.Header)) {
			w.m.records = append(w.m.records, i)
		}
	}
}

// blank empties the cells that the program wrote the sheet with where there was nothing.
func (m *Matching[C]) blank(r *reading) {
	if m.fillers == nil {
		return
	}
	kept := r.cells
	for i := range m.plan {
		for k := range m.plan[i].from {
			s := &m.plan[i].from[k]
			v := r.plain(s)
			if v == "" || !m.isFiller(m.plan[i].field, v) {
				continue
			}
			if &kept[0] == &r.cells[0] {
				r.cells = slices.Clone(kept)
			}
			r.name, r.cells[s.index] = m.plan[i].field.Name, ""
			r.repair(FoundPlaceholder, s, v, "", "%s stands for nothing in a file of this program", quote(v))
		}
	}
}

// isFiller says whether the program that wrote the sheet, or Excel when it saved it again, writes v where there is
// nothing. Odoo's False is one but in a field of yes and no.
func (m *Matching[C]) isFiller(f *Field[C], v string) bool {
	if !slices.ContainsFunc(m.fillers, func(filler string) bool { return strings.EqualFold(filler, v) }) {
		return false
	}
	_, isAnswer := yesNoOf(v)
	return !isAnswer || f.Type != "yes/no"
}

// refused reports the columns by which a person has refused to be mailed or called: no vendor has a field for that, so
// that only the user can see to it.
func (m *Matching[C]) refused(r *reading) {
	for i := range m.consents {
		c := &m.consents[i]
		v := r.plain(&c.source)
		if v == "" {
			continue
		}
		yes, ok := yesNoOf(v)
		if ok && yes == c.refusal || !ok && (c.refusal && looksDate(v) || saysRefusal(v)) {
			r.suspect(FoundRefusal, &c.source, v, "%s: the person is not to be mailed or called, and %s has no field that says so", quote(v), m.table.Vendor)
		}
	}
}

// refusals are cells that say no under any header about what a person has agreed to.
const refusals = "unsubscribed|optedout|optout|noconsent|donotmail|donotemail|donotcall|donotcontact|afgemeld|uitgeschreven|abgemeldet|desinscrit|desabonne"

func saysRefusal(v string) bool { return len(v) <= 20 && has(refusals, fold(v)) }

// isRefusal says whether yes is a no under a header of these words.
func isRefusal(words []string) bool {
	return among(words, "out|optout|unsubscribed|unsubscribe|unsub|unsubtime|optedout|dnc|donotcall|donotemail|not|bounced|clean") || asksNotTo(words)
}

// asksNotTo recognises "Do not mail", "Has opted out of email" and "Niet bellen" in the words of a header.
func asksNotTo(words []string) bool {
	for i := 1; i < len(words); i++ {
		switch words[i-1] {
		case "not", "dont", "donot", "niet", "geen", "nicht", "keine":
			if has("mail|mails|email|emails|mailen|mailing|mailings|call|phone|contact|text|sms|bellen|benaderen|anrufen|kontaktieren|newsletter|nieuwsbrief|werbung", words[i]) {
				return true
			}
		case "opt", "opted":
			if words[i] == "out" {
				return true
			}
		}
	}
	return false
}

// continues says whether a row is no record of its own: the program writes further values of the one above beneath it.
func (m *Matching[C]) continues(cells []string) bool {
	for _, i := range m.records {
		if i < len(cells) && clean(cells[i]) != "" {
			return false
		}
	}
	return len(m.records) > 0
}

const continuation = "the row names no contact: it holds further values of a record above it"
