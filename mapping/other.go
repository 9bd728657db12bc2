package mapping

import (
	"fmt"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
	"crmferry/mapping/match/resource"
)

// Other is another resource, whose exports are no files of this one.
type Other struct {
	Resource string // whose export a file may be: "growcrm/notes"
	Into     string // the resource that takes such files
	Spec     *resource.Spec
}

// refuseOther returns the error of a file that is an export of another resource. What the user maps is believed.
func refuseOther(header []string, o *MatchOptions) *match.Error {
	if len(o.Map)+len(o.MapFile) > 0 || len(header) < 3 {
		return nil
	}
	clean := make([]string, len(header))
	for i, h := range header {
		clean[i] = headers.Clean(h)
	}
	for _, other := range o.Others {
		if other.Spec.IsExport(clean) {
			return &match.Error{Message: fmt.Sprintf("the file is an export of %s: each of its columns is a field of that", other.Resource),
				Hint: o.Words.Say(hint.OtherResource, other.Into)}
		}
	}
	return nil
}
