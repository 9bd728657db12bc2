package mapping

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
)

// Ref names the column in --map and in map files: its header, or its letter after a # where the header is empty or not
// the only one of its name among columns.
func (c Column) Ref(columns []Column) string {
	h := clean(c.Header)
	alike := func(o Column) bool { return o.Index != c.Index && clean(o.Header) == h }
	if h == "" || strings.HasPrefix(h, "#") || slices.ContainsFunc(columns, alike) {
		return "#" + c.Letter
	}
	return h
}

// ColumnWords names a column, given by its Ref, for people: column "Phone", or column C.
func ColumnWords(ref string) string {
	if letter, ok := strings.CutPrefix(ref, "#"); ok {
		return "column " + letter
	}
	return fmt.Sprintf("column %q", ref)
}

// explain gives every column its state.
func (w *matcher[C]) explain() {
	for i := range w.m.Columns {
		c := &w.m.Columns[i]
		switch fields := w.won[i]; {
		case len(fields) > 0:
			c.State, c.Field, c.Reason = Mapped, strings.Join(fields, ","), ""
			if _, said := w.explicit[i]; !said {
				c.Reason = w.meaning[i].reason
			}
			if c.Reason != "" && w.behind[i] != "" {
				c.Reason += "; "
			}
			c.Reason += w.behind[i]
		case c.State == 0:
			w.explainUnused(i, c)
			if c.State == Ignored && w.tellsPhones(i) {
				c.Reason += "; phones are read by its countries"
			}
		}
	}
}

// tellsPhones says whether phones without a country code are read by what a column says.
func (w *matcher[C]) tellsPhones(column int) bool {
	return slices.ContainsFunc(w.m.plan, func(p feed[C]) bool {
		return slices.ContainsFunc(p.from, func(phone source) bool {
			return phone.part == aPhone && slices.ContainsFunc(phone.nations, func(s source) bool { return s.index == column })
		})
	})
}

// explainUnused says why a column feeds no field.
func (w *matcher[C]) explainUnused(i int, c *Column) {
	c.State, c.Reason = Ignored, w.t.Vendor+" has no such field"
	m := &w.meaning[i]
	said, isSaid := w.explicit[i]
	switch {
	case isSaid && len(said) == 0:
		c.Reason = "ignored by " + w.ignoredBy[i]
	case isSaid:
		c.Field, c.Reason = w.t.Fields[said[0].field].Name, "it is not used for it"
	case m.doubt != "" && w.propose(c, w.called(i), m.doubt):
	case m.field >= 0 && !w.t.Fields[m.field].Writable:
		c.State, c.Field, c.Reason = ReadOnlyColumn, w.t.Fields[m.field].Name, w.t.Fields[m.field].Note
	case m.field >= 0 && w.t.Fields[m.field].Never:
		c.Field = w.t.Fields[m.field].Name
		c.Reason = fmt.Sprintf("only --set %s=... sets it, never a column", c.Field)
	case m.aside == asElse:
	case m.aside == asFact && w.guessSpelling(i, c): // "Last nmae" is no "Last contact"
	case m.aside != "":
		c.Reason = m.aside
		if m.aside == asConsent {
			c.Reason += ", which " + w.t.Vendor + " has no field for"
		}
	case m.wrong != "":
		if !w.guessCells(i, c) {
			c.Reason = m.wrong
		}
	case m.concept != none && w.fieldNames(m.concept) != "" && w.empty(i):
		c.Reason = "no row has anything in it"
	case isNamePart(w.original(i)):
		c.Reason = "the name is taken from other columns"
	case isAddressPart(w.original(i)) && m.scope != "" && m.concept == none && w.fieldOf(w.original(i)) >= 0:
		c.Reason = "the address is taken from other columns"
	case w.original(i) == none && m.concept == none && (w.guessCells(i, c) || w.guessSpelling(i, c)):
	case clean(c.Header) == "":
		c.Reason = "it has no header"
	}
}

// propose makes a column one that the user may confirm; where another column feeds the field, it is named instead. It
// returns false without a field.
func (w *matcher[C]) propose(c *Column, fields, why string) bool {
	if fields == "" {
		return false
	}
	c.Field = fields
	name, _, _ := strings.Cut(fields, ",")
	if f := w.t.field(name); !f.List {
		if w.m.constants.fields.Has(name) {
			c.Reason = "--set gives every row the same " + name
			return true
		}
		for _, p := range w.m.plan {
			if p.field == f {
				c.Reason = fmt.Sprintf("%s is taken from %s", name, ColumnWords(p.from[0].ref))
				return true
			}
		}
	}
	c.State = Proposed
	c.Reason = fmt.Sprintf("perhaps %s: %s; confirm it with %s", fields, why, MapFlag(c.Ref(w.m.Columns), fields))
	return true
}

// guessCells proposes a field for a column by its cells.
func (w *matcher[C]) guessCells(i int, c *Column) bool {
	cells, words := w.column(i), tokens(c.Header)
	if w.m.own || cells == nil || cells.counted < 2 || !among(words, "status|statut|estado") && asideByTokens(words) != "" {
		return false
	}
	for _, g := range []struct {
		concept concept
		what    string
		looks   func(string) bool
	}{{anEmail, "e-mail addresses", looksEmail}, {aLinkedIn, "profiles of LinkedIn", looksLinkedIn}, {aPhone, "phone numbers", looksPhone},
		{aZip, "postal codes", looksPlainZip},
		{aSalutation, "salutations", looksSalutation}, {anInfix, "particles of names", looksInfix}, {aCountry, "countries", looksCountry},
		{aState, "states of the USA", looksUSState}, {aStage, "stages of a sale", looksStage}, {aFullName, "names of people", looksFullName}} {
		share := cells.share(g.looks)
		if share < 0.9 || g.concept == aFullName && (w.saysAddress(words) || w.hasAny(aFirstName, aLastName, aFullName)) {
			continue
		}
		return w.suggest(c, g.concept, cellsAre(share, g.what))
	}
	return false
}

// saysAddress says whether any of the words is that of a part of an address. Main St and Den Haag look like names of people.
func (w *matcher[C]) saysAddress(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		hit, _ := w.alias(word)
		return isAddressPart(hit.concept)
	})
}

// suggest proposes the field of a concept that takes another column, if it would take the cells.
func (w *matcher[C]) suggest(c *Column, at concept, why string) bool {
	if w.hardlyTakes(w.fieldOf(at), w.column(c.Index)) != "" {
		return false
	}
	fields := w.fieldNames(at)
	name, _, _ := strings.Cut(fields, ",")
	fed := slices.ContainsFunc(w.m.plan, func(p feed[C]) bool { return p.field.Name == name })
	return (!fed || w.t.field(name).List) && w.propose(c, fields, why)
}

// guessSpelling proposes the field of a header that is one slip of the keyboard away.
func (w *matcher[C]) guessSpelling(i int, c *Column) bool {
	header := w.folded[i]
	if aside := asideByTokens(tokens(c.Header)); len(header) < 6 || w.m.own || aside != "" && aside != asFact {
		return false
	}
	near, at := "", none
	for known, m := range w.concepts {
		if len(known) >= 6 && max(len(known), len(header))-min(len(known), len(header)) <= 1 && crm.Digits(known) == crm.Digits(header) && distance(header, known) == 1 && (near == "" || known < near) {
			near, at = known, m.concept
		}
	}
	if near == "" || w.column(i) != nil && at.impossible() != "" && w.unlike(i, at) {
		return false
	}
	return w.suggest(c, at, fmt.Sprintf("the header looks like a slip for %q", spelled(at, near)))
}

// unlike says whether the cells of a column are nothing that a concept's can be.
func (w *matcher[C]) unlike(i int, c concept) bool {
	return slices.ContainsFunc(kinds(), func(k kind) bool {
		return strings.IndexByte(c.impossible(), k.letter) >= 0 && w.column(i).share(k.looks) >= 0.5
	})
}

// spelled is a folded word of the vocabulary as people write it.
func spelled(c concept, folded string) string {
	for _, word := range vocabulary(c) {
		if foldHeader(word) == folded {
			return word
		}
	}
	return folded
}
