package columns

import (
	"fmt"
	"strings"
)

// Unused names, behind what is said, the first columns with cells that nothing uses; "" without any.
func Unused(all []Column, empty func(column int) bool) string {
	const most = 6
	var refs []string
	for i, c := range all {
		if c.State == Ignored && c.Field == "" && !empty(i) && !IsOwnColumn(c.Header) {
			refs = append(refs, fmt.Sprintf("%q", c.Ref(all)))
		}
	}
	if refs == nil {
		return ""
	}
	if len(refs) > most {
		refs = append(refs[:most], "...")
	}
	return "; not used yet: " + strings.Join(refs, ", ")
}
