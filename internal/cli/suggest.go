package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/mapping/match"
)

// suggestTime is how long an error may wait for what it suggests.
const suggestTime = 20 * time.Second

// suggest adds to an error about a field the values that existing records have, where the vendor documents no list of
// them: the ids of categories, say. What cannot be read is left out: the error comes first.
func suggest(ctx context.Context, s crm.Suggester, err error) error {
	var m *match.Error
	var f *failure.Error
	if !errors.As(err, &m) || !errors.As(err, &f) {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, suggestTime)
	defer cancel()
	hints := f.Hints
	for _, field := range m.Fields {
		values, failed := s.Suggest(ctx, field)
		if failed != nil || len(values) == 0 {
			continue
		}
		hints = append(hints, "existing records have "+field+" "+strings.Join(values, ", ")+": give one with --default "+field+"="+values[0])
	}
	return failure.New(f.Code, f.Err, hints...)
}
