package rogerroger

import (
	"time"

	"crmferry/internal/sandbox/seed"
)

// seed makes users, note categories, tags, segments and organizations (two of one name), the people that the samples
// meet, some of them with notes, an archived one, two with one address, and as many more as asked for.
func (g *vendor) seed() {
	at := g.SeedTime()
	for _, u := range seed.Users() {
		g.seedThing("users", u.First+" "+u.Last, at)
	}
	for _, title := range []string{"Phone call", "Meeting", "E-mail"} {
		g.seedThing("note_categories", title, at)
	}
	g.seedThing("media_objects", "portrait.png", at)
	iris := map[string]string{}
	for kind, titles := range map[string][]string{"tags": seed.TagTitles, "segments": seed.Segments, "organizations": seed.Companies} {
		for _, title := range titles {
			iris[kind+title] = g.seedThing(kind, title, at)
		}
	}
	g.seedThing("organizations", seed.TwiceName, at)
	g.seedThing("organizations", seed.TwiceName, at)
	for i := range seed.All(g.Settings.Contacts) {
		p := &personRecord{sample: func() map[string]any { return seededValues(seed.KnownPerson(i), iris) }}
		g.insert(p, at)
		if i < seed.SampleEnd && i%7 == 3 {
			g.seedNotes(p, seed.KnownPerson(i), at)
		}
	}
	for _, name := range []string{"Twain", "Twyla"} {
		g.insert(newPerson(name, "Twice", seed.TwiceEmail), at)
	}
	old := newPerson("Archie", "Archived", seed.ArchivedEmail)
	old.values["archivedAt"] = at.Format(time.RFC3339)
	g.insert(old, at)
}

// seedNotes puts two notes on a person: a flagged phone call and a private meeting.
func (g *vendor) seedNotes(on *personRecord, p seed.Person, at time.Time) {
	categories, authors := g.things["note_categories"].Live, g.things["users"].Live
	g.addNote(on.iri(), &noteRecord{values: map[string]any{"title": "First call", "description": p.Note, "flagged": true,
		"category": "/note_categories/" + categories[0].ID, "author": "/users/" + authors[0].ID}}, at)
	g.addNote(on.iri(), &noteRecord{values: map[string]any{"description": "Visited " + p.Company + ".\nThey want a second visit; \"soon\".", "isPrivate": true,
		"category": "/note_categories/" + categories[1].ID, "author": "/users/" + authors[len(authors)-1].ID}}, at)
}

// seedThing makes a thing and returns its IRI.
func (g *vendor) seedThing(kind, title string, at time.Time) string {
	t := &thingRecord{values: map[string]any{"title": title}}
	if kind == "segments" {
		t.values["icon"] = "star"
	}
	g.things[kind].Add(t, at, g.uuid(kind))
	return "/" + kind + "/" + t.ID
}

func seededValues(p seed.Person, iris map[string]string) map[string]any {
	values := map[string]any{
		"familyName": p.Last, "givenName": p.First, "jobTitle": p.JobTitle, "customerId": p.CustomerID,
		"emailAddresses": []any{map[string]any{"email": p.Email}}, "phoneNumbers": []any{map[string]any{"phoneNumber": p.Phone}},
		"address":       map[string]any{"street": p.NL.Street, "city": p.NL.City, "postalCode": p.NL.Zip, "country": "NL"},
		"organizations": []any{iris["organizations"+p.Company]}, "segments": []any{iris["segments"+p.Segment]},
	}
	if p.Prefix != "" {
		values["honorificPrefix"] = p.Prefix
	}
	var tags []any
	for _, title := range p.Tags {
		tags = append(tags, iris["tags"+title])
	}
	values["tags"] = tags
	return values
}
