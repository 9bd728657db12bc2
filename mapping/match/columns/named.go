package columns

import (
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/headers"
)

// Named are those of the columns without a field that bear the names of fields, as these are behind their first dot: "Sector" that of
// custom.sector. It is "" for each that none bears.
func Named(all []Column, fields []string) []string {
	refs := make([]string, len(fields))
	for i, field := range fields {
		_, name, _ := strings.Cut(field, ".")
		at := slices.IndexFunc(all, func(c Column) bool {
			return c.State != Mapped && headers.FoldHeader(c.Header) == headers.FoldHeader(name)
		})
		if at >= 0 {
			refs[i] = all[at].Ref(all)
		}
	}
	return refs
}

// Customs are the custom fields that columns are read for.
func Customs(all []Column) (fields []string) {
	for _, c := range all {
		if c.State != Mapped {
			continue
		}
		for field := range strings.SplitSeq(c.Field, ",") {
			if strings.HasPrefix(field, crm.CustomPrefix) && !slices.Contains(fields, field) {
				fields = append(fields, field)
			}
		}
	}
	return fields
}
