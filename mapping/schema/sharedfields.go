package schema

import (
	"slices"
	"sync/atomic"

	"crmferry/internal/crm"
)

// SharedFields gives rows that have the same fields one list of them, as most rows have those of the one before. It is safe for
// concurrent use.
type SharedFields struct{ last atomic.Pointer[crm.Fields] }

// Share is a list of the same fields, which nobody may change.
func (s *SharedFields) Share(fields crm.Fields) crm.Fields {
	if last := s.last.Load(); last != nil && slices.Equal(*last, fields) {
		return *last
	}
	own := append(make(crm.Fields, 0, len(fields)), fields...)
	s.last.Store(&own)
	return own
}
