package text

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/cli/advice"
	"crmferry/internal/crm"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/mapping/match/columns"
)

// unreadPlanned warns of what updates may empty, unless it is known that there are none; a dry run says so once it knows whether there
// are.
func unreadPlanned(e job.ImportPlanned) []Message {
	q := e.Request
	switch {
	case q.DryRun || q.Deletes() || e.Mode == modes.CreateOnly:
	case e.Applied != nil && e.Applied.Actions[outcome.ActionUpdate] == 0:
	case q.Undo != nil && q.Undo.Counts().Updated == 0:
	default:
		return mayEmpty(e.ImportFacts)
	}
	return nil
}

// mayEmpty says what an update may empty because it cannot be read, and what keeps that from being done.
func mayEmpty(f job.ImportFacts) []Message {
	unread := f.Request.Resource.Unread()
	if unread == "" {
		return nil
	}
	way := ""
	if given := customGiven(f); given != nil {
		way = "; " + humanize.List(given) + " is given, and sent along"
		if len(given) > 1 {
			way = "; " + humanize.List(given) + " are given, and sent along"
		}
	} else if f.Request.Undo == nil && f.Applied == nil {
		way = fmt.Sprintf("; %s sends one along, --mode create updates none", advice.MapFlag("HEADER", crm.CustomPrefix+"NAME"))
	}
	return []Message{Warnf("%s%s", unread, way)}
}

// customGiven are the custom fields that columns or values for all rows give.
func customGiven(f job.ImportFacts) (names []string) {
	add := func(name string) {
		if strings.HasPrefix(name, crm.CustomPrefix) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, c := range f.Survey.Columns {
		if c.State == columns.Mapped {
			add(c.Field)
		}
	}
	for _, set := range f.Request.Match.Set {
		name, _, _ := strings.Cut(set, "=")
		add(strings.TrimSpace(name))
	}
	return names
}

// customFlags are the flags that give custom fields, by columns, of which those that bear their names are known, and by values.
func customFlags(fields, named []string) (maps, sets []string) {
	for i, field := range fields {
		maps, sets = append(maps, "--map", cmp.Or(named[i], "HEADER")+"="+field), append(sets, "--set", field+"=VALUE")
	}
	return maps, sets
}
