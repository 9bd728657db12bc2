package mapping

import (
	"fmt"
	"slices"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
)

// Other is another resource, whose exports are no files of this one.
type Other struct {
	Resource string // whose export a file may be: "growcrm/notes"
	Into     string // the resource that takes such files
	Fields   []Info
}

// isExport reports whether a header is that of an export of the resource: each column is one of its fields, by name or by label,
// and one is its id.
func (o *Other) isExport(header []string) bool {
	all := func(title func(*Info) string) bool {
		hasID := false
		for _, h := range header {
			i := slices.IndexFunc(o.Fields, func(f Info) bool { return title(&f) == headers.Clean(h) })
			if i < 0 {
				return false
			}
			hasID = hasID || o.Fields[i].Hint == hint.MatchByID
		}
		return hasID
	}
	return all(func(f *Info) string { return f.Name }) || all(func(f *Info) string { return f.Label })
}

// refuseOther returns the error of a file that is an export of another resource. What the user maps is believed.
func refuseOther(header []string, o *MatchOptions) *match.Error {
	if len(o.Map)+len(o.MapFile) > 0 || len(header) < 3 {
		return nil
	}
	for i := range o.Others {
		if other := &o.Others[i]; other.isExport(header) {
			return &match.Error{Message: fmt.Sprintf("the file is an export of %s: each of its columns is a field of that", other.Resource),
				Hint: o.Words.Say(hint.OtherResource, other.Into)}
		}
	}
	return nil
}
