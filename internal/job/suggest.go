package job

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"crmferry/importer/modes"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/job/advise"
	"crmferry/mapping"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// suggestTime is how long an error may wait for what it suggests.
const suggestTime = 20 * time.Second

// refuseSheet makes what is wrong with a file or its header wrong use. To an error about a field it adds the values that
// existing records have, where the vendor documents no list of them: the ids of categories, say. What cannot be read is
// left out: the error comes first.
func refuseSheet(ctx context.Context, r account.Resource, mode modes.Mode, given *mapping.MatchOptions, s crm.Suggester, err error) error {
	refused := WrongSheet(err)
	var m *match.Error
	var e *failure.Advised
	if !errors.As(err, &m) || !errors.As(refused, &e) {
		return refused
	}
	if mode == modes.Upsert && areLacking(r, m.Fields, given) && canOnlyUpdate(r, m.Columns) {
		e.Advice = append(e.Advice, advise.UpdateOnly{})
	}
	ctx, cancel := context.WithTimeout(ctx, suggestTime)
	defer cancel()
	for _, field := range m.Fields {
		if kind := account.Makeable(r, field); kind != "" && len(m.Fields) == 1 { // else it would be refused again
			e.Advice = append(e.Advice, advise.LinkAll{Field: field, Kind: kind})
		}
		values, failed := s.Suggest(ctx, field)
		if failed == nil && len(values) > 0 {
			e.Advice = append(e.Advice, advise.GiveDefault{Field: field, Values: values})
		}
	}
	return refused
}

// areLacking reports whether an error is about required fields that nothing gives, and not about a setting or the cells of a column.
func areLacking(r account.Resource, fields []string, given *mapping.MatchOptions) bool {
	settings := slices.Concat(given.Set, given.Default)
	return len(fields) > 0 && !slices.ContainsFunc(fields, func(field string) bool {
		return slices.ContainsFunc(settings, func(arg string) bool { return strings.HasPrefix(arg, field+"=") }) ||
			!slices.ContainsFunc(r.Fields(), func(f mapping.Info) bool { return f.Name == field && f.Required })
	})
}

// canOnlyUpdate reports whether a sheet that lacks what a new contact needs has the address by which one that is there is found.
func canOnlyUpdate(r account.Resource, mapped []columns.Column) bool {
	if can := r.Capabilities(false); !can.Find || !can.Update {
		return false
	}
	return slices.ContainsFunc(r.Fields(), func(f mapping.Info) bool {
		return (f.Type == "email" || f.Type == "list of emails") && f.Writable &&
			slices.ContainsFunc(mapped, func(c columns.Column) bool { return c.State == columns.Mapped && c.Field == f.Name })
	})
}
