package mapping

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// useProgram finds the program that wrote the sheet, and takes the scope off the headers of a person.
func (w *matcher[C]) useProgram() {
	row := make([]string, len(w.m.Columns))
	for i, c := range w.m.Columns {
		row[i] = c.Header
	}
	if w.m.own {
		return
	}
	p := headers.Recognise(w.folded, row)
	if p == nil {
		return
	}
	w.program, w.m.Program = p, p.Name
	if p.Warning != "" {
		w.m.Program += ": " + p.Warning
	}
	for i, h := range row {
		if rest, ok := p.Unscoped(h); ok {
			w.folded[i] = headers.FoldHeader(rest)
		}
	}
}

// programSays is what the program says of a column; ok is false if it says nothing.
func (w *matcher[C]) programSays(i int) (meaning, bool) {
	if w.program == nil {
		return meaning{}, false
	}
	f := headers.FoldHeader(w.m.Columns[i].Header)
	for _, header := range []string{f, w.folded[i]} {
		if said, ok := w.program.Says(header); ok {
			m := meaning{concept: said.Concept, rank: said.Rank, field: -1, how: w.program.How}
			if m.concept == headers.Salutation && slices.Contains(w.folded[:i], w.folded[i]) {
				m.concept = headers.Job // of the two columns Titre
			}
			return m, true
		}
		if why := w.program.Aside(header); why != "" {
			return meaning{field: -1, aside: why}, true
		}
	}
	return meaning{}, false
}

// sourceOf is a column as the rows are read from it.
func (w *matcher[C]) sourceOf(column int, part headers.Concept) source {
	s := source{index: column, ref: w.m.Columns[column].Ref(w.m.Columns), part: part}
	if w.program != nil {
		s.sep = w.program.Sep
	}
	switch part {
	case headers.State, headers.Zip:
		if part == headers.Zip {
			s.state = w.stateOf(column)
		}
		s.nations = w.nations(func(s headers.Scope) bool { return s == w.meaning[column].scope })
	case headers.Phone:
		s.nations = w.phoneNations(column)
	case headers.FullName:
		s.spanish = headers.HaveTwoLastNames(w.folded)
	}
	return s
}

// stateOf is the column that has the state of the address that a postal code is part of, nil without one.
func (w *matcher[C]) stateOf(column int) *source {
	for i := range w.meaning {
		if w.means(i) == headers.State && w.meaning[i].scope == w.meaning[column].scope && !w.empty(i) {
			return &source{index: i, ref: w.m.Columns[i].Ref(w.m.Columns), part: headers.State}
		}
	}
	return nil
}

// nations are the columns that have the countries of addresses of certain scopes.
func (w *matcher[C]) nations(of func(headers.Scope) bool) (found []source) {
	for i := range w.meaning {
		if w.isCountry(i) && of(w.meaning[i].scope) && !w.empty(i) {
			found = append(found, source{index: i, ref: w.m.Columns[i].Ref(w.m.Columns), part: headers.Country})
		}
	}
	return found
}

// phoneNations are the columns that a phone's country is taken from: those of no address in particular and of the one that
// the phone belongs to, else any.
func (w *matcher[C]) phoneNations(column int) []source {
	own := w.meaning[column].scope
	if found := w.nations(func(s headers.Scope) bool { return s == headers.AnyScope || s == own }); found != nil {
		return found
	}
	return w.nations(func(headers.Scope) bool { return true })
}

// isCountry says whether a column has countries, be it one that feeds no field.
func (w *matcher[C]) isCountry(i int) bool {
	m := &w.meaning[i]
	switch {
	case len(w.explicit[i]) > 0:
		return w.means(i) == headers.Country
	case m.field >= 0 && w.t.Fields[m.field].main == headers.Country, m.concept == headers.Country:
		return true
	}
	return m.scope != headers.AnyScope && w.original(i) == headers.Country
}

// split appends the words of a cell that holds several.
func (s *source) split(words []string, v string) []string {
	switch {
	case s.part == headers.Company || s.part == headers.Customer:
		return cells.SplitFirms(words, v)
	case s.sep == "":
		return cells.SplitTags(words, v)
	}
	for word := range strings.SplitSeq(v, s.sep) {
		if word = headers.Clean(word); word != "" {
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
	if w.program != nil {
		w.m.fillers = w.program.EmptyCells()
	}
	for i, c := range w.m.Columns {
		if w.meaning[i].aside == headers.AsConsent && len(w.explicit[i]) == 0 { // a column mapped to nothing says it all the same
			w.m.consents = append(w.m.consents, consent{source{index: i, ref: c.Ref(w.m.Columns)}, headers.IsRefusal(headers.Tokens(c.Header))})
		}
		if w.program != nil && w.program.StartsRecord(headers.FoldHeader(c.Header)) {
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
			r.repair(cells.RemarkPlaceholder, s, v, "", "%s stands for nothing in a file of this program", cells.Quote(v))
		}
	}
}

// isFiller says whether the program that wrote the sheet, or Excel when it saved it again, writes v where there is
// nothing. Odoo's False is one but in a field of yes and no.
func (m *Matching[C]) isFiller(f *Field[C], v string) bool {
	if !slices.ContainsFunc(m.fillers, func(filler string) bool { return strings.EqualFold(filler, v) }) {
		return false
	}
	_, isAnswer := cells.YesNoOf(v)
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
		yes, ok := cells.YesNoOf(v)
		if ok && yes == c.refusal || !ok && (c.refusal && cells.LooksDate(v) || cells.SaysRefusal(v)) {
			r.repair(cells.RemarkRefusal, &c.source, v, v, "%s: the person is not to be mailed or called, and %s has no field that says so", cells.Quote(v), m.table.Vendor)
		}
	}
}

// continues says whether a row is no record of its own: the program writes further values of the one above beneath it.
func (m *Matching[C]) continues(cells []string) bool {
	for _, i := range m.records {
		if i < len(cells) && headers.Clean(cells[i]) != "" {
			return false
		}
	}
	return len(m.records) > 0
}

const continuation = "the row names no contact: it holds further values of a record above it"
