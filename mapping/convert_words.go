package mapping

import (
	"crmferry/mapping/cells"
)

// parseYesNo reads yes and no in five languages.
func parseYesNo(r *reading, s *source, v string) (yes, ok bool) {
	if yes, ok = cells.YesNoOf(v); !ok {
		r.failClosed(CodeBadValue, s, v, "%s is neither yes nor no", cells.Quote(v))
	}
	return yes, ok
}
