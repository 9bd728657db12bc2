package api

// Orders of a list whose order the vendor does not document.
const (
	OrderCreated = "created" // oldest first
	OrderNewest  = "newest"  // newest first
	OrderName    = "name"
	OrderChanged = "changed" // what was changed last comes first
)
