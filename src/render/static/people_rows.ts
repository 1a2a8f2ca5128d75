/** Rows of users, their profiles and egg suppliers, and their history. */
import type { Master } from "../../fixtures/master.ts";
import { historyOfSaves, historyRows, type Save } from "./history.ts";
import { MADE_AT, madeStamps, numbered, type StaticRow, type TableRows } from "./rows.ts";

/** A user was made without a password, which a second save set (domain.md#18). */
function userSaves(rows: readonly StaticRow[]): Save[] {
  return rows.flatMap((row): Save[] => [
    { type: "+", row: { ...row, password: "" } },
    { type: "~", row },
  ]);
}

/** Live tables and histories. */
export function peopleRows({ people }: Master): TableRows[] {
  const userRows = {
    table: "auth_user",
    rows: numbered(people.users, (user) => ({
      password: user.password,
      last_login: null,
      is_superuser: false,
      username: user.username,
      first_name: user.first_name,
      last_name: user.last_name,
      email: user.email,
      is_staff: user.is_staff,
      is_active: true,
      date_joined: MADE_AT,
    })),
  };
  const { profile } = people;
  // One row and one save per user: the original's two signals saved every profile five times (B-31).
  const profileRows = {
    table: "users_userprofile",
    rows: numbered(people.users, (user, i) => ({
      profile_picture: null,
      job_title: null,
      department: null,
      language_preference: profile.language,
      date_format_preference: profile.date_format,
      user_id: i + 1,
      full_name: `${user.first_name} ${user.last_name}`,
      geography: profile.geography,
      phone: null,
      role: user.role,
      subsidiary: profile.subsidiary,
      ...madeStamps,
    })),
  };
  const supplierRows = {
    table: "broodstock_eggsupplier",
    rows: numbered(people.egg_suppliers, ({ name, contact, certifications }) => ({
      name,
      contact_details: contact,
      certifications,
      ...madeStamps,
    })),
  };
  return [
    userRows,
    profileRows,
    supplierRows,
    historyOfSaves(userRows.table, userSaves(userRows.rows)),
    historyRows(profileRows),
    historyRows(supplierRows),
  ];
}
