package mapping

import (
	"slices"
	"strings"
)

// meaning is what a header says by itself.
type meaning struct {
	concept concept
	rank    int
	scope   string // of a part of an address
	field   int    // whose name, label or extra name it is; -1 for none
	how     string
}

// understand finds what each header means, by itself and then beside the others.
func (w *matcher[C]) understand() {
	fields := w.t.nameIndex()
	w.meaning = make([]meaning, len(w.folded))
	for i, f := range w.folded {
		w.meaning[i] = meaning{field: -1}
		if w.m.Columns[i].State == Ignored || f == "" {
			continue
		}
		if hit, ok := fields[f]; ok {
			w.meaning[i].field, w.meaning[i].how = hit.field, hit.how
			w.meaning[i].rank = hit.rank
		}
		hit, ok := w.concepts[f]
		if pattern, n, isNumbered := numbered(f); !ok && isNumbered {
			hit, ok = w.concepts[pattern]
			hit.rank += n
		}
		if ok {
			w.meaning[i].concept, w.meaning[i].scope = hit.concept, hit.scope
			if w.meaning[i].field < 0 || !w.t.Fields[w.meaning[i].field].Writable {
				w.meaning[i].rank, w.meaning[i].how = hit.rank, "alias"
			}
		}
	}
	w.resolveTitle()
	w.resolveNames()
	w.resolveAddress()
}

// conceptIndex finds a concept by folded header. Ranks leave room for the numbers of numbered headers.
func conceptIndex() map[string]meaning {
	index := map[string]meaning{}
	for c := none + 1; c < conceptCount; c++ {
		scopes := scopesOf(c)
		for i, w := range vocabulary(c) {
			folded := foldHeader(strings.ReplaceAll(w, "#", "１")) // a digit that survives folding and then is the number
			if pattern, _, ok := numbered(folded); ok && strings.Contains(w, "#") {
				folded = pattern
			}
			if _, ok := index[folded]; !ok {
				index[folded] = meaning{concept: c, rank: 100 * (i + 1), scope: scopes[i]}
			}
		}
	}
	return index
}

// nameIndex finds a field by the folded forms of its name, its label and its further names.
func (t *Table[C]) nameIndex() map[string]meaning {
	index := map[string]meaning{}
	add := func(i, rank int, how, name string) {
		if _, ok := index[foldHeader(name)]; !ok {
			index[foldHeader(name)] = meaning{field: i, rank: rank, how: how}
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

// has says whether a column means c, whether by itself or because --map says so.
func (w *matcher[C]) has(c concept) bool {
	for i := range w.meaning {
		if w.means(i) == c {
			return true
		}
	}
	return false
}

// means is the concept of a column: what the user says, else the field it names, else its header.
func (w *matcher[C]) means(i int) concept {
	if targets, ok := w.explicit[i]; ok {
		if len(targets) == 0 {
			return none
		}
		return targets[0].part
	}
	if f := w.meaning[i].field; f >= 0 && w.t.Fields[f].Writable {
		return w.t.Fields[f].main
	}
	return w.meaning[i].concept
}

// resolveTitle tells salutations from job titles: a title is a job title, unless another column holds those. Of two
// equal columns, as French Outlook has them, the first is the salutation.
func (w *matcher[C]) resolveTitle() {
	job := w.has(aJob)
	for i := len(w.meaning) - 1; i >= 0; i-- {
		if m := &w.meaning[i]; m.concept == aTitle {
			m.concept = aJob
			if job {
				m.concept = aSalutation
			}
			job = true
		}
	}
}

// resolveNames tells full names from first and last names by the other columns, and keeps either the full name or its
// parts.
func (w *matcher[C]) resolveNames() {
	hasLast := w.has(aLastName)
	w.replace(aNombre, hasLast, aFirstName, aFullName)
	hasFirst := w.has(aFirstName)
	if hasLast && !hasFirst {
		w.replace(aName, true, aFirstName, none) // "Name, Surname"
	}
	w.replace(aName, hasFirst && !hasLast, aLastName, aFullName)
	parts := w.has(aFirstName) && w.has(aLastName)
	for i := range w.meaning {
		m := &w.meaning[i]
		switch m.concept {
		case aFullName:
			if parts && w.splits() {
				m.concept = none
			}
		case aFirstName, aLastName, anInfix:
			if w.has(aFullName) && (!parts || !w.splits()) && w.m.Columns[i].State == 0 {
				m.concept = none
				m.field = -1
			}
		case aMiddleName:
			if w.has(aFullName) && !w.splits() {
				m.concept = none
			}
		}
	}
}

// resolveAddress keeps the columns of one address where a sheet has several: mailing before work, work before home.
func (w *matcher[C]) resolveAddress() {
	kept := ""
	for _, part := range []concept{aStreet, aCity, aZip} {
		if found := w.scopes(part); kept == "" && len(found) > 0 {
			if slices.Contains(found, "") {
				kept = "none"
				break
			}
			order := "mwho"
			kept = slices.MinFunc(found, func(a, b string) int { return strings.Index(order, a) - strings.Index(order, b) })
		}
	}
	for i := range w.meaning {
		if m := &w.meaning[i]; m.scope != "" && m.scope != kept {
			m.concept = none
		}
	}
}

// scopes are the kinds of addresses that a part of an address has columns for.
func (w *matcher[C]) scopes(part concept) []string {
	var found []string
	for i, m := range w.meaning {
		if m.concept == part && w.m.Columns[i].State == 0 {
			found = append(found, m.scope)
		}
	}
	return found
}

// splits says whether the vendor has first and last names.
func (w *matcher[C]) splits() bool {
	return slices.ContainsFunc(w.t.Fields, func(f Field[C]) bool { return f.main == aFirstName })
}

func (w *matcher[C]) replace(c concept, when bool, then, otherwise concept) {
	for i := range w.meaning {
		if w.meaning[i].concept == c {
			w.meaning[i].concept = otherwise
			if when {
				w.meaning[i].concept = then
			}
		}
	}
}

// original is the concept of a header before its neighbours were asked.
func (w *matcher[C]) original(i int) concept { return w.concepts[w.folded[i]].concept }

func (w *matcher[C]) takesAddress() bool {
	return slices.ContainsFunc(w.t.Fields, func(f Field[C]) bool { return f.main == aStreet })
}

func isNamePart(c concept) bool {
	switch c {
	case aFirstName, aMiddleName, anInfix, aLastName, aFullName, aName, aNombre:
		return true
	}
	return false
}
