package sandbox

import "iter"

// seeded yields the people that every vendor knows from the start, with their numbers, and as many more as asked for.
func seeded(more int) iter.Seq2[int, Person] {
	return func(yield func(int, Person) bool) {
		for i := FirstOlder; i < SampleEnd; i++ {
			if !yield(i, seededPerson(i)) {
				return
			}
		}
		for i := firstExtra; i < firstExtra+more; i++ {
			if !yield(i, seededPerson(i)) {
				return
			}
		}
	}
}

// seededPerson is a person as the vendors know it from the start.
func seededPerson(i int) Person {
	p := SamplePerson(i)
	if i < FirstSame {
		p = p.earlier(i)
	}
	return p
}

// user is somebody who works with a CRM, not a contact.
type user struct{ id, first, last, email string }

func sampleUsers() []user {
	return []user{
		{"agent_anna_01", "Anna", "Agent", "anna.agent@example.com"},
		{"agent_bram_02", "Bram", "Agent", "bram.agent@example.com"},
		{"agent_cees_03", "Cees", "Agent", "cees.agent@example.com"},
	}
}

func (u user) view() map[string]any {
	return map[string]any{"id": u.id, "firstName": u.first, "lastName": u.last, "email": u.email, "role": "Owner",
		"avatarUrl": "https://example.com/" + u.id + ".png", "teams": []map[string]string{{"id": "team_sales_01", "name": "Sales"}}}
}
