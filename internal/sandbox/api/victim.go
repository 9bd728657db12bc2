package api

// Victim is one of the records that keep returns true for, found from a place on.
func Victim[T any](all []T, from int, keep func(T) bool) (T, bool) {
	for i := range all {
		if t := all[(from%len(all)+i)%len(all)]; keep(t) {
			return t, true
		}
	}
	var none T
	return none, false
}

// IDsOf are the ids of the records that keep returns true for.
func IDsOf[T recorder](all []T, keep func(T) bool) []string {
	ids := []string{}
	for _, t := range all {
		if keep(t) {
			ids = append(ids, t.base().ID)
		}
	}
	return ids
}
