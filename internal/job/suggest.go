package job

import (
	"context"
	"errors"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/job/advise"
	"crmferry/mapping/match"
)

// suggestTime is how long an error may wait for what it suggests.
const suggestTime = 20 * time.Second

// refuseSheet makes what is wrong with a file or its header wrong use. To an error about a field it adds the values that
// existing records have, where the vendor documents no list of them: the ids of categories, say. What cannot be read is
// left out: the error comes first.
func refuseSheet(ctx context.Context, r account.Resource, s crm.Suggester, err error) error {
	refused := WrongSheet(err)
	var m *match.Error
	var e *failure.Advised
	if !errors.As(err, &m) || !errors.As(refused, &e) {
		return refused
	}
	ctx, cancel := context.WithTimeout(ctx, suggestTime)
	defer cancel()
	for _, field := range m.Fields {
		if kind := account.Makeable(r, field); kind != "" {
			e.Advice = append(e.Advice, advise.LinkAll{Field: field, Kind: kind})
		}
		values, failed := s.Suggest(ctx, field)
		if failed == nil && len(values) > 0 {
			e.Advice = append(e.Advice, advise.GiveDefault{Field: field, Values: values})
		}
	}
	return refused
}
