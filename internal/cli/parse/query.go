package parse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job/files"
)

// Filters reads the values of --filter against the filters that the vendor documents for the list of a resource; paging
// are the parameters that the export sets itself. Values of one filter that is given several times are collected.
func Filters(id string, given []string, known []crm.FilterSpec, paging []string) (crm.Query, error) {
	var q crm.Query
	for _, g := range given {
		name, value, found := strings.Cut(g, "=")
		name = strings.TrimSuffix(strings.TrimSpace(name), "[]") // of a repeated filter, as vendors write it
		if !found || name == "" || value == "" {
			return q, failure.Usage(`give a name and a value: --filter "name=value"`, "--filter %q is not a filter", g)
		}
		spec, err := findFilter(id, name, known, paging)
		if err != nil {
			return q, err
		}
		if spec.Values != nil && !slices.Contains(spec.Values, value) {
			return q, failure.Unknown("value for --filter "+name, value, humanize.Nearest(value, spec.Values), "known: "+strings.Join(spec.Values, ", "))
		}
		i := slices.IndexFunc(q.Filters, func(f crm.Filter) bool { return f.Name == name })
		switch {
		case i < 0:
			q.Filters = append(q.Filters, crm.Filter{Name: name, Values: []string{value}})
		case !spec.Several:
			return q, failure.Usage("give it once", "--filter %s is given twice, and %s takes one value for it", name, id)
		default:
			q.Filters[i].Values = append(q.Filters[i].Values, value)
		}
	}
	return q, nil
}

// findFilter finds a filter by its documented name, or says what is wrong with the name.
func findFilter(id, name string, known []crm.FilterSpec, paging []string) (crm.FilterSpec, error) {
	var names []string
	for _, spec := range known {
		if spec.Name == name {
			return spec, nil
		}
		names = append(names, spec.Name)
	}
	otherwise := "filters of " + id + ": " + strings.Join(names, ", ")
	switch {
	case slices.Contains(paging, name):
		return crm.FilterSpec{}, failure.Usage("leave it out; --limit N takes the first N", "--filter %s: paging belongs to the export, which reads every page", name)
	case len(known) == 0:
		otherwise = id + " documents no filters"
	}
	return crm.FilterSpec{}, failure.Unknown("filter", name, nearestFilter(name, names), otherwise)
}

// nearestFilter is the filter that name was most likely meant to be: its last part may be all that is remembered.
func nearestFilter(name string, names []string) string {
	if near := humanize.Nearest(name, names); near != "" {
		return near
	}
	for _, n := range names {
		parts := strings.FieldsFunc(n, func(r rune) bool { return strings.ContainsRune(".[]", r) })
		if len(parts) > 1 && slices.ContainsFunc(parts, func(p string) bool { return strings.EqualFold(p, name) }) {
			return n
		}
	}
	return ""
}

// Since reads the value of --since: a date (its midnight here), an instant, or how long ago.
func Since(value string, now time.Time) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, value, now.Location())
	if err != nil {
		t, err = time.Parse(time.RFC3339, value)
	}
	if err != nil {
		var ago time.Duration
		if ago, err = time.ParseDuration(value); err == nil && ago > 0 {
			t = now.Add(-ago)
		} else {
			err = fmt.Errorf("not a time")
		}
	}
	switch {
	case err != nil:
		return t, failure.Usage("give a date (2026-03-15), an instant (2026-03-15T06:00:00Z) or how long ago (36h)", "--since %q is not a time", value)
	case t.After(now):
		return t, failure.Usage("give a time that is over", "--since %s lies in the future", value)
	}
	return t, nil
}

// Shrink reads the value of --max-shrink: the share of the rows that may be gone, nil if it is not given.
func Shrink(value string, f files.OutputFile) (*float64, error) {
	if value == "" {
		return nil, nil
	}
	percent, err := strconv.ParseFloat(strings.TrimSuffix(value, "%"), 64)
	switch {
	case err != nil || !(percent >= 0 && percent <= 100) || !strings.HasSuffix(value, "%"):
		return nil, failure.Usage("give a share of the rows: --max-shrink 20%", "--max-shrink %q is not a percentage", value)
	case f.ToStdout():
		return nil, failure.Usage("--min-rows N works for stdout, too", "--max-shrink compares with an old file, and stdout has none")
	case f.DatedFolder():
		return nil, failure.Usage("put {date} and {time} into the file's name only", "--max-shrink finds no older file where the folder's name has a time in it")
	}
	share := percent / 100
	return &share, nil
}
