package match

import (
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
)

// explain gives every column its state.
func (w *matcher) explain() {
	for i := range w.columns {
		c := &w.columns[i]
		switch fields := w.fed[i]; {
		case len(fields) > 0:
			c.State, c.Field, c.Reason = columns.Mapped, strings.Join(fields, ","), ""
			if _, said := w.explicit[i]; !said {
				c.Reason = w.meaning[i].reason
			}
			if c.Reason != "" && w.notes[i] != "" {
				c.Reason += "; "
			}
			c.Reason += w.notes[i]
		case c.State == 0:
			w.explainUnused(i, c)
			if use := w.use(i); use != "" && c.State == columns.Ignored {
				c.Reason += "; " + use
			}
		}
	}
}

// use says what phones are read by a column for that feeds no field, "" for nothing.
func (w *matcher) use(column int) string {
	for i := range w.plan {
		for s := range w.plan[i].each() {
			if use := s.Uses(column); use != "" {
				return use
			}
		}
	}
	return ""
}

// explainUnused says why a column feeds no field.
func (w *matcher) explainUnused(i int, c *columns.Column) {
	c.State, c.Reason = columns.Ignored, w.spec.Vendor+" has no such field"
	m := &w.meaning[i]
	said, isSaid := w.explicit[i]
	switch {
	case isSaid && len(said) == 0:
		c.Reason = "ignored by " + w.maps.IgnoredBy[i]
	case isSaid:
		c.Field, c.Reason = w.spec.Fields[said[0].Field].Name, "it is not used for it"
	case m.doubt != "" && w.propose(c, w.fieldName(i), m.doubt):
	case w.guessHidden(i, c):
	case m.field >= 0 && !w.spec.Fields[m.field].Writable:
		c.State, c.Field, c.Reason = columns.ReadOnlyColumn, w.spec.Fields[m.field].Name, w.spec.Fields[m.field].Note
	case m.field >= 0 && w.spec.Fields[m.field].Never:
		c.Field = w.spec.Fields[m.field].Name
		c.Reason = w.say(hint.SayOnlySet, c.Field, c.Ref(w.columns))
	case m.excluded == headers.WhyElse:
	case m.excluded == headers.WhyFact && w.guessSpelling(i, c): // "Last nmae" is no "Last contact"
	case m.excluded != "":
		c.Reason = m.excluded
		if m.excluded == headers.WhyConsent {
			c.Reason += ", which " + w.spec.Vendor + " has no field for"
		}
	case m.wrong != "":
		if !w.guessCells(i, c) {
			c.Reason, c.Wrong = m.wrong, true
		}
	case m.concept != headers.None && w.spec.FieldNames(m.concept) != "" && w.empty(i):
		c.Reason = "no row has anything in it"
	case w.headerConcept(i) == headers.MiddleName && w.spec.FieldNames(headers.MiddleName) == "":
		c.Reason = w.spec.Vendor + " has no field for middle names"
	case headers.IsNamePart(w.headerConcept(i)) && w.hasPeople():
		c.Reason = "the name is taken from other columns"
	case headers.IsAddressPart(w.headerConcept(i)) && m.scope != headers.AnyScope && m.concept == headers.None && w.spec.FieldOf(w.headerConcept(i)) >= 0:
		c.Reason = "the address is taken from other columns"
	case w.headerConcept(i) == headers.None && m.concept == headers.None && (w.guessCells(i, c) || w.guessSpelling(i, c)):
	case headers.Clean(c.Header) == "":
		c.Reason = "it has no header"
	}
}
