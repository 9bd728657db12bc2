package clientcommander

import (
	"encoding/json"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

func (m *vendor) churn(c *api.Call, p seed.Person, pick int) {
	if old, ok := api.Victim(m.people.Live, pick, m.listed); ok {
		m.unlink(old)
		m.gone[old.ID] = old.Seq
		m.people.Remove(old)
		m.CommitChurn(c.At, "delete", old.ID, old.email)
	}
	made := &personRecord{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, source: p.Source, stage: p.StageID,
		timeframe: p.Timeframe, background: p.Note, price: json.Number(api.Decimal(p.Price)), tags: p.Tags}
	m.insert(made, c.At)
	m.CommitChurn(c.At, "create", made.ID, made.email)
}
