package api

// Shown are the records that look-ups see by now: not those that were just created, if look-ups lag behind.
func Shown[T recorder](v *Vendor, all []T) []T {
	if v.Lag <= 0 {
		return all
	}
	return Filter(all, func(t T) bool { return v.Sees(t) })
}

// Sees reports whether look-ups see a record by now.
func (v *Vendor) Sees(r recorder) bool {
	lag := v.Lag
	return lag <= 0 || v.Now().Sub(r.base().Created) >= lag
}
