package seed

import "iter"

// All yields the people that every vendor knows from the start, with their numbers, and as many more as asked for.
func All(more int) iter.Seq2[int, Person] {
	return func(yield func(int, Person) bool) {
		for i := FirstOlder; i < SampleEnd; i++ {
			if !yield(i, KnownPerson(i)) {
				return
			}
		}
		for i := FirstExtra; i < FirstExtra+more; i++ {
			if !yield(i, KnownPerson(i)) {
				return
			}
		}
	}
}

// KnownPerson is a person as the vendors know it from the start.
func KnownPerson(i int) Person {
	p := SamplePerson(i)
	if i < FirstSame {
		p = p.earlier(i)
	}
	return p
}

// user is somebody who works with a CRM, not a contact.
type user struct{ ID, First, Last, Email string }

func Users() []user {
	return []user{
		{"agent_anna_01", "Anna", "Agent", "anna.agent@example.com"},
		{"agent_bram_02", "Bram", "Agent", "bram.agent@example.com"},
		{"agent_cees_03", "Cees", "Agent", "cees.agent@example.com"},
	}
}

func (u user) View() map[string]any {
	return map[string]any{"id": u.ID, "firstName": u.First, "lastName": u.Last, "email": u.Email, "role": "Owner",
		"avatarUrl": "https://example.com/" + u.ID + ".png", "teams": []map[string]string{{"id": "team_sales_01", "name": "Sales"}}}
}
