package names

// Name is a full name taken apart.
type Name struct {
	First, Last string // Last is all of a name that does not fall into two parts
	Title       string // what stands before the name or behind its comma and is none: Prof. Dr.
	Split       bool   // it falls into two parts
	Email       string // an e-mail address that stood beside it
}
