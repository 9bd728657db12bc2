package cloverhound

import "time"

// Contact is a contact of Cloverhound, as read and as written
// (https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact).
type Contact struct {
	ID             int64     `json:"id"`
	OrganizationID int64     `json:"organization_id"` // read-only
	FullName       string    `json:"full_name"`
	Email          string    `json:"email"`
	Description    string    `json:"description"`
	Phones         []Phone   `json:"contact_phones"` // written as contact_phones_attributes
	CreatedAt      time.Time `json:"created_at"`
	UpdatedAt      time.Time `json:"updated_at"`
}

// Phone is one number of a contact. Only Number can be written.
type Phone struct {
	ID             int64     `json:"id"`
	ContactID      int64     `json:"contact_id"`
	OrganizationID int64     `json:"organization_id"`
	Number         string    `json:"number"` // E.164
	PhoneType      string    `json:"phone_type"`
	CreatedAt      time.Time `json:"created_at"`
	UpdatedAt      time.Time `json:"updated_at"`
}
