package mapping

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// Ref names the column in --map and in map files: its header, or its letter after a # where the header is empty or not
// the only one of its name among columns.
func (c Column) Ref(columns []Column) string {
	h := headers.Clean(c.Header)
	alike := func(o Column) bool { return o.Index != c.Index && headers.Clean(o.Header) == h }
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
			return phone.part == headers.Phone && slices.ContainsFunc(phone.nations, func(s source) bool { return s.index == column })
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
	case m.aside == headers.AsElse:
	case m.aside == headers.AsFact && w.guessSpelling(i, c): // "Last nmae" is no "Last contact"
	case m.aside != "":
		c.Reason = m.aside
		if m.aside == headers.AsConsent {
			c.Reason += ", which " + w.t.Vendor + " has no field for"
		}
	case m.wrong != "":
		if !w.guessCells(i, c) {
			c.Reason = m.wrong
		}
	case m.concept != headers.None && w.fieldNames(m.concept) != "" && w.empty(i):
		c.Reason = "no row has anything in it"
	case headers.IsNamePart(w.original(i)):
		c.Reason = "the name is taken from other columns"
	case headers.IsAddressPart(w.original(i)) && m.scope != headers.AnyScope && m.concept == headers.None && w.fieldOf(w.original(i)) >= 0:
		c.Reason = "the address is taken from other columns"
	case w.original(i) == headers.None && m.concept == headers.None && (w.guessCells(i, c) || w.guessSpelling(i, c)):
	case headers.Clean(c.Header) == "":
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
	column, words := w.column(i), headers.Tokens(c.Header)
	if w.m.own || column == nil || column.Counted < 2 || !headers.SaysStatus(words) && headers.AsideByTokens(words) != "" {
		return false
	}
	for _, g := range []struct {
		concept headers.Concept
		what    string
		looks   func(string) bool
	}{{headers.Email, "e-mail addresses", cells.LooksEmail}, {headers.LinkedIn, "profiles of LinkedIn", cells.LooksLinkedIn}, {headers.Phone, "phone numbers", cells.LooksPhone},
		{headers.Zip, "postal codes", cells.LooksPlainZip},
		{headers.Salutation, "salutations", cells.LooksSalutation}, {headers.Infix, "particles of names", cells.LooksInfix}, {headers.Country, "countries", cells.LooksCountry},
		{headers.State, "states of the USA", cells.LooksUSState}, {headers.Stage, "stages of a sale", cells.LooksStage}, {headers.FullName, "names of people", cells.LooksFullName}} {
		share := column.Share(g.looks)
		if share < 0.9 || g.concept == headers.FullName && (w.saysAddress(words) || w.hasAny(headers.FirstName, headers.LastName, headers.FullName)) {
			continue
		}
		return w.suggest(c, g.concept, cells.CellsAre(share, g.what))
	}
	return false
}

// saysAddress says whether any of the words is that of a part of an address. Main St and Den Haag look like names of people.
func (w *matcher[C]) saysAddress(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		hit, _ := headers.Find(word)
		return headers.IsAddressPart(hit.Concept)
	})
}

// suggest proposes the field of a concept that takes another column, if it would take the cells.
func (w *matcher[C]) suggest(c *Column, at headers.Concept, why string) bool {
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
	if aside := headers.AsideByTokens(headers.Tokens(c.Header)); len(header) < 6 || w.m.own || aside != "" && aside != headers.AsFact {
		return false
	}
	near, at := "", headers.None
	for word, m := range headers.All() {
		if len(word) >= 6 && max(len(word), len(header))-min(len(word), len(header)) <= 1 && crm.Digits(word) == crm.Digits(header) && distance(header, word) == 1 && (near == "" || word < near) {
			near, at = word, m.Concept
		}
	}
	if near == "" || w.column(i) != nil && len(cannotHold(at)) > 0 && w.unlike(i, at) {
		return false
	}
	return w.suggest(c, at, fmt.Sprintf("the header looks like a slip for %q", headers.Spelled(at, near)))
}

// unlike says whether the cells of a column are nothing that a concept's can be.
func (w *matcher[C]) unlike(i int, c headers.Concept) bool {
	return slices.ContainsFunc(cannotHold(c), func(k kind) bool { return w.column(i).Share(k.looks()) >= 0.5 })
}
