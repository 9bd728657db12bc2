package match

import (
	"slices"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
)

// explain gives every column its state.
func (w *matcher) explain() {
	for i := range w.columns {
		c := &w.columns[i]
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

// tellsPhones reports whether phones without a country code are read by what a column says.
func (w *matcher) tellsPhones(column int) bool {
	return slices.ContainsFunc(w.plan, func(p Feed) bool {
		return slices.ContainsFunc(p.From, func(phone Source) bool {
			return phone.Part == headers.Phone && slices.ContainsFunc(phone.Countries, func(s Source) bool { return s.Index == column })
		})
	})
}

// explainUnused says why a column feeds no field.
func (w *matcher) explainUnused(i int, c *Column) {
	c.State, c.Reason = Ignored, w.spec.Vendor+" has no such field"
	m := &w.meaning[i]
	said, isSaid := w.explicit[i]
	switch {
	case isSaid && len(said) == 0:
		c.Reason = "ignored by " + w.ignoredBy[i]
	case isSaid:
		c.Field, c.Reason = w.spec.Fields[said[0].field].Name, "it is not used for it"
	case m.doubt != "" && w.propose(c, w.called(i), m.doubt):
	case m.field >= 0 && !w.spec.Fields[m.field].Writable:
		c.State, c.Field, c.Reason = ReadOnlyColumn, w.spec.Fields[m.field].Name, w.spec.Fields[m.field].Note
	case m.field >= 0 && w.spec.Fields[m.field].Never:
		c.Field = w.spec.Fields[m.field].Name
		c.Reason = w.say(hint.SayOnlySet, c.Field)
	case m.aside == headers.AsElse:
	case m.aside == headers.AsFact && w.guessSpelling(i, c): // "Last nmae" is no "Last contact"
	case m.aside != "":
		c.Reason = m.aside
		if m.aside == headers.AsConsent {
			c.Reason += ", which " + w.spec.Vendor + " has no field for"
		}
	case m.wrong != "":
		if !w.guessCells(i, c) {
			c.Reason = m.wrong
		}
	case m.concept != headers.None && w.spec.fieldNames(m.concept) != "" && w.empty(i):
		c.Reason = "no row has anything in it"
	case headers.IsNamePart(w.original(i)):
		c.Reason = "the name is taken from other columns"
	case headers.IsAddressPart(w.original(i)) && m.scope != headers.AnyScope && m.concept == headers.None && w.spec.fieldOf(w.original(i)) >= 0:
		c.Reason = "the address is taken from other columns"
	case w.original(i) == headers.None && m.concept == headers.None && (w.guessCells(i, c) || w.guessSpelling(i, c)):
	case headers.Clean(c.Header) == "":
		c.Reason = "it has no header"
	}
}
