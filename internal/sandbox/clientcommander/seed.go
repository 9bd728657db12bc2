package clientcommander

import (
	"encoding/json"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

// seed makes the people that the samples meet, and as many more as asked for.
func (m *vendor) seed() {
	at := m.SeedTime()
	for _, p := range seed.All(m.Settings.Contacts) {
		m.insert(&personRecord{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, source: p.Source, stage: p.StageID,
			timeframe: p.Timeframe, background: p.Note, price: json.Number(api.Decimal(p.Price)), tags: p.Tags,
			street: p.US.Street, city: p.US.City, state: p.US.State, zip: p.US.Zip}, at)
	}
	for i, first := range []string{"Twain", "Twyla"} {
		m.insert(&personRecord{first: first, last: "Twice", email: seed.TwiceEmail, stage: seed.Stages[seed.SampleStages+i].ID}, at)
	}
}
