package mapping

import (
	"slices"

	"crmferry/mapping/headers"
)

// meaning is what a header says, by itself and then beside the other columns and above its cells.
type meaning struct {
	concept headers.Concept
	rank    int
	scope   headers.Scope // of a part of an address
	field   int           // whose name, label or extra name it is; -1 for none
	how     string

	reason string // what else decided, if anything did
	aside  string // why the column is left aside
	wrong  string // why its cells are not what the header says
	doubt  string // why the column is only proposed
}

// understand finds what each header means.
func (w *matcher[C]) understand() {
	fields := w.t.nameIndex()
	w.meaning = make([]meaning, len(w.folded))
	for i := range w.folded {
		w.meaning[i] = w.header(i, fields)
	}
	w.asides()
	w.foreignWords()
	w.resolveNumbers()
	w.resolveTitle()
	w.resolveNames()
	w.resolveAddress()
	w.resolveSecondLines()
	w.byWords()
	w.contradicted()
}

// header is what a header means by itself: a field's name, a word of the vocabulary, or what the program that wrote the
// sheet means by it.
func (w *matcher[C]) header(i int, fields map[string]meaning) meaning {
	m := meaning{field: -1}
	f := w.folded[i]
	if w.m.Columns[i].State == Ignored || f == "" {
		return m
	}
	hit, isField := fields[headers.FoldHeader(w.m.Columns[i].Header)]
	if said, ok := w.programSays(i); ok && !(isField && w.keepsField(i, hit, said)) {
		return said
	}
	if isField {
		m.field, m.how, m.rank = hit.field, hit.how, hit.rank
	}
	if hit, ok := w.known(i); ok {
		m.concept, m.scope = hit.Concept, hit.Scope
		if m.field < 0 || !w.t.Fields[m.field].Writable {
			m.rank, m.how = hit.Rank, "alias"
		}
	}
	return m
}

// keepsField says whether a header is the vendor's name of a field, whatever a program means by it.
func (w *matcher[C]) keepsField(i int, hit, said meaning) bool {
	f := &w.t.Fields[hit.field]
	return headers.Clean(w.m.Columns[i].Header) == f.Name && f.Writable || said.aside != "" && f.isID() && w.o.MatchID
}

// known finds a header in the vocabulary.
func (w *matcher[C]) known(i int) (headers.Word, bool) {
	return headers.Understand(w.m.Columns[i].Header, w.folded[i])
}

// nameIndex finds a field by the folded forms of its name, its label and its further names.
func (t *Table[C]) nameIndex() map[string]meaning {
	index := map[string]meaning{}
	add := func(i, rank int, how, name string) {
		if _, ok := index[headers.FoldHeader(name)]; !ok {
			index[headers.FoldHeader(name)] = meaning{field: i, rank: rank, how: how}
		}
	}
	for i, f := range t.Fields {
		add(i, 0, "name", f.Name)
	}
	for i, f := range t.Fields {
		add(i, 1, "label", f.Label)
	}
	for i, f := range t.Fields {
		for _, name := range f.extra {
			add(i, 2, "alias", name)
		}
	}
	return index
}

// has says whether a column that is not empty means c, whether by itself or because --map says so.
func (w *matcher[C]) has(c headers.Concept) bool {
	for i := range w.meaning {
		if w.means(i) == c && !w.empty(i) {
			return true
		}
	}
	return false
}

// hasAny says whether a column means any of several concepts.
func (w *matcher[C]) hasAny(concepts ...headers.Concept) bool {
	return slices.ContainsFunc(concepts, w.has)
}

// means is the concept of a column: what the user says, else the field it names, else its header.
func (w *matcher[C]) means(i int) headers.Concept {
	if targets, ok := w.explicit[i]; ok {
		if len(targets) == 0 {
			return headers.None
		}
		return targets[0].part
	}
	if f := w.meaning[i].field; f >= 0 && w.t.Fields[f].Writable {
		return w.t.Fields[f].main
	}
	return w.meaning[i].concept
}

// empty says whether no row has anything in a column. Without a profile, nothing is known to be empty.
func (w *matcher[C]) empty(i int) bool {
	c := w.o.Profile.Column(i)
	return c != nil && w.o.Profile.Rows > 0 && c.Filled == 0
}

// original is the concept of a header before its neighbours were asked.
func (w *matcher[C]) original(i int) headers.Concept {
	hit, _ := w.known(i)
	return hit.Concept
}

// splits says whether the vendor has first and last names.
func (w *matcher[C]) splits() bool {
	return slices.ContainsFunc(w.t.Fields, func(f Field[C]) bool { return f.main == headers.FirstName })
}

// fieldOf is the field that a concept is best put into, -1 if the vendor has none.
func (w *matcher[C]) fieldOf(c headers.Concept) int {
	writable := func(f *Field[C]) bool { return f.Writable && !f.Never && c != headers.None }
	if i := slices.IndexFunc(w.t.Fields, func(f Field[C]) bool { return writable(&f) && f.main == c }); i >= 0 {
		return i
	}
	return slices.IndexFunc(w.t.Fields, func(f Field[C]) bool { return writable(&f) && slices.Contains(f.takes, c) })
}

// fieldNames are the fields that a concept is put into, "" if the vendor has none: those of both halves for a full name.
func (w *matcher[C]) fieldNames(c headers.Concept) string {
	if c == headers.FullName && w.splits() {
		return w.fieldNames(headers.FirstName) + "," + w.fieldNames(headers.LastName)
	}
	if f := w.fieldOf(c); f >= 0 {
		return w.t.Fields[f].Name
	}
	return ""
}
