package sandbox

// shown are the records that look-ups see by now: not those that were just created, if look-ups lag behind.
func shown[T recorder](v *vendor, all []T) []T {
	if v.lag <= 0 {
		return all
	}
	return filter(all, func(t T) bool { return v.sees(t) })
}

// sees says whether look-ups see a record by now.
func (v *vendor) sees(r recorder) bool {
	lag := v.lag
	return lag <= 0 || v.now().Sub(r.base().created) >= lag
}
