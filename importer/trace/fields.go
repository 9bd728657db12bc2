package trace

import (
	"slices"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// row is what is known of a row. kept is nil where the row is not known, told where the journal says nothing of it.
func (s *search[C]) row(kept *survey.Row[C], told *journal.Row) (Row, error) {
	var row Row
	if kept != nil {
		row.Number, row.Line = kept.Number, kept.Line
		if kept.First != 0 {
			row.Number = kept.First
		}
	}
	if told == nil {
		return row, nil
	}
	row.Result, row.Took = told.Result, told.Written
	if n := told.Result.Number(); n != 0 {
		row.Number, row.Line = n, told.Result.Line
	}
	if !touches(told) {
		return row, nil
	}
	images := told.LastImages()
	if len(images) == 0 {
		row.Fields = unread(s.table, kept, told.Result)
		return row, nil
	}
	var err error
	for _, image := range images {
		if row.Fields, err = addImage(row.Fields, s.table, image); err != nil {
			return row, err
		}
	}
	return row, nil
}

// touches reports whether the row has changed its contact, may have, or would.
func touches(r *journal.Row) bool {
	switch r.Result.Outcome {
	case "":
		return r.Result.Action != outcome.ActionNone
	case outcome.Created, outcome.Updated, outcome.Deleted, outcome.Unknown:
		return true
	}
	return r.Written
}

// addImage adds what one write of a row changed. Of several writes of one field, what was before the first counts, and what is
// after the last.
func addImage[C any](fields []Field, t *mapping.Table[C], image outcome.Image) ([]Field, error) {
	before, err := t.FromImage(image.Before)
	if err != nil {
		return nil, err
	}
	after, err := t.FromImage(image.After)
	if err != nil {
		return nil, err
	}
	names := image.Changed
	if len(names) == 0 {
		names = held(t, before)
	}
	for _, name := range names {
		was, is := t.Text(before, name), t.Text(after, name)
		if i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name }); i >= 0 {
			fields[i].After = &is
			continue
		}
		f := Field{Name: name, Before: &was, After: &is}
		if image.Before == nil || t.WriteOnly(name) {
			f.Before = nil // not known
		}
		fields = append(fields, f)
	}
	return fields, nil
}

// held are the fields in which a contact has something.
func held[C any](t *mapping.Table[C], c C) crm.Fields {
	var names crm.Fields
	for _, f := range t.Fields {
		if t.Text(c, f.Name) != "" {
			names = append(names, f.Name)
		}
	}
	return names
}

// unread is what a row has written to a contact that was not read before. A contact that was created had nothing; one that was
// deleted has nothing, and what it had is not known.
func unread[C any](t *mapping.Table[C], kept *survey.Row[C], res *outcome.Result) []Field {
	if res.Action == outcome.ActionDelete {
		return nil
	}
	names := res.Changed
	if len(names) == 0 && kept != nil {
		names = kept.Fields
	}
	var fields []Field
	for _, name := range names {
		f := Field{Name: name}
		if kept != nil {
			f.After = said(t, kept, name)
		}
		if res.Outcome == outcome.Created || res.Outcome == "" && res.Action == outcome.ActionCreate {
			f.Before = new(string)
		}
		fields = append(fields, f)
	}
	return fields
}

// said is what a row says for a field: of a thing linked to, the name in the row.
func said[C any](t *mapping.Table[C], kept *survey.Row[C], field string) *string {
	v := t.Text(kept.Contact, field)
	for _, l := range kept.Links {
		if l.Field == field && v == "" {
			v = l.Name
		}
	}
	return &v
}
