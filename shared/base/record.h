/* record.h: documents declared once, by a table of fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document is a GObject with typed public members and one const table that names
 * them. From the table come GObject properties (dashed names: "unit-price"), JSON in
 * both directions (codec.h), rows and bound parameters (server/db/statement.h),
 * OpenAPI, import and export columns, form labels and field secrecy.
 *
 *   struct _TwCarrier { TwRecord parent; char *code; char *name; const char *status; };
 *
 *   static const TwField carrier_fields[] = {
 *     TW_RECORD_FIELDS (TwCarrier),
 *     TW_TEXT (TwCarrier, code, N_("Code"), 20, TW_REQUIRED | TW_FIXED),
 *     TW_TEXT (TwCarrier, name, N_("Name"), 120, TW_REQUIRED),
 *     TW_KEY (TwCarrier, status, N_("Status"), tw_active_keys, 0),
 *   };
 *   TW_DEFINE_RECORD (TwCarrier, tw_carrier, "carrier", N_("Carrier"), carrier_fields)
 */
#pragma once

#include <gio/gio.h>

#include "shared/base/date.h"
#include "shared/base/decimal.h"
#include "shared/base/text.h"

G_BEGIN_DECLS

typedef enum
{
  TW_KIND_INT,      /* gint64; JSON integer; property int64 */
  TW_KIND_BOOL,     /* gboolean; property boolean */
  TW_KIND_TEXT,     /* char *, owned, NULL is none; property string */
  TW_KIND_KEY,      /* const char * of a TwKey table, NULL is none; property string */
  TW_KIND_MONEY,    /* TwDecimal, at least 2 decimals on the wire; property string */
  TW_KIND_PRICE,    /* TwDecimal, at least 2 decimals */
  TW_KIND_QUANTITY, /* TwDecimal, no trailing zeros */
  TW_KIND_RATE,     /* TwDecimal, no trailing zeros: a fraction, 0.13 is 13 % */
  TW_KIND_DATE,     /* TwDate; property string, "" is none; JSON null is none */
  TW_KIND_TIME,     /* TwTime; same */
  TW_KIND_STRINGS,  /* GStrv, owned, NULL is none; JSON array of strings; property strv */
  TW_KIND_JSON,     /* char *, owned: a JSON value as text; property string */
  TW_KIND_LIST,     /* GListStore of records, never NULL; property GListModel */
} TwKind;

typedef enum
{
  TW_REQUIRED = 1 << 0,     /* must be there at creation and never be emptied */
  TW_SERVER = 1 << 1,       /* only the server sets it; refused from outside */
  TW_FIXED = 1 << 2,        /* taken at creation, refused in a patch */
  TW_WRITE_ONLY = 1 << 3,   /* never answered (a password) */
  TW_COMMERCIAL = 1 << 4,   /* part of the commercial digest (policy/digest.h) */
  TW_POSITIVE = 1 << 5,     /* > 0 */
  TW_NOT_NEGATIVE = 1 << 6, /* ≥ 0 */
  TW_MULTILINE = 1 << 7,    /* text may have line breaks */
  TW_ABSENT = 1 << 8,       /* list answers leave it out (lines, checks …) */
  TW_COSTING = 1 << 9,      /* a secret: cost or margin */
  TW_INTERNAL = 1 << 10,    /* a secret: what our own people say of a document, and who they are */
} TwFieldFlags;

/* What a reader may see beyond the plain fields; a field names at most one. Who may not read a field writes none. */
typedef enum
{
  TW_SECRET_NONE = 0,
  TW_SECRET_COST = 1 << 0,     /* cost and margin */
  TW_SECRET_INTERNAL = 1 << 1, /* what customers do not read */
} TwSecrets;

#define TW_SECRETS_ALL ((TwSecrets) (TW_SECRET_COST | TW_SECRET_INTERNAL))

/* One value of an enumeration. Tables end with { NULL }. */
typedef struct
{
  const char *key;   /* on the wire and in SQL */
  const char *label; /* N_() */
} TwKey;

typedef struct
{
  const char *name;  /* snake_case: member, JSON key, SQL column, query parameter */
  TwKind kind;
  gsize offset;
  const char *label; /* N_(), as a form or a column shows it */
  TwFieldFlags flags;
  TwSecrets secret;
  gint64 min;        /* ints: least value. */
  gint64 max;        /* ints: greatest; text: characters; lists, strings: items; decimals: whole units, 0: 12 digits */
  const TwKey *keys; /* TW_KIND_KEY */
  GType (*item) (void); /* TW_KIND_LIST */
} TwField;

/* The kind of a member's C type, so that a table cannot disagree with its struct. */
#define TW_MEMBER_IS(Type, member, ctype) _Generic (((Type *) 0)->member, ctype: 0)
#define TW_FIELD_(Type, member, ctype, kind_, label_, flags_, ...)                                                     \
  TW_FIELD_NAMED_ (Type, member, #member, ctype, kind_, label_, flags_, __VA_ARGS__)
#define TW_FIELD_NAMED_(Type, member, name_, ctype, kind_, label_, flags_, ...)                                        \
  {                                                                                                                    \
    .name = name_, .kind = kind_, .offset = G_STRUCT_OFFSET (Type, member) + TW_MEMBER_IS (Type, member, ctype),     \
    .label = label_, .flags = (TwFieldFlags) (flags_), .secret = TW_SECRET_OF_ (flags_), __VA_ARGS__                   \
  }
#define TW_SECRET_OF_(flags_)                                                                                          \
  ((TwSecrets) ((((flags_) & TW_COSTING) != 0 ? TW_SECRET_COST : TW_SECRET_NONE)                                       \
                | (((flags_) & TW_INTERNAL) != 0 ? TW_SECRET_INTERNAL : TW_SECRET_NONE)))

#define TW_INT(Type, member, label, min_, max_, flags)                                                                 \
  TW_FIELD_ (Type, member, gint64, TW_KIND_INT, label, flags, .min = min_, .max = max_)
#define TW_BOOL(Type, member, label, flags) TW_FIELD_ (Type, member, gboolean, TW_KIND_BOOL, label, flags, )
#define TW_TEXT(Type, member, label, max_, flags)                                                                      \
  TW_FIELD_ (Type, member, char *, TW_KIND_TEXT, label, flags, .max = max_)
#define TW_KEY(Type, member, label, keys_, flags)                                                                      \
  TW_FIELD_ (Type, member, const char *, TW_KIND_KEY, label, flags, .keys = keys_)
#define TW_MONEY(Type, member, label, flags) TW_FIELD_ (Type, member, TwDecimal, TW_KIND_MONEY, label, flags, )
#define TW_PRICE(Type, member, label, flags) TW_FIELD_ (Type, member, TwDecimal, TW_KIND_PRICE, label, flags, )
#define TW_QUANTITY(Type, member, label, flags) TW_FIELD_ (Type, member, TwDecimal, TW_KIND_QUANTITY, label, flags, )
#define TW_RATE(Type, member, label, max_, flags)                                                                      \
  TW_FIELD_ (Type, member, TwDecimal, TW_KIND_RATE, label, flags, .max = max_)
#define TW_DATE(Type, member, label, flags) TW_FIELD_ (Type, member, TwDate, TW_KIND_DATE, label, flags, )
#define TW_TIME(Type, member, label, flags) TW_FIELD_ (Type, member, TwTime, TW_KIND_TIME, label, flags, )
#define TW_STRINGS(Type, member, label, max_, flags)                                                                   \
  TW_FIELD_ (Type, member, GStrv, TW_KIND_STRINGS, label, flags, .max = max_)
#define TW_JSON(Type, member, label, flags) TW_FIELD_ (Type, member, char *, TW_KIND_JSON, label, flags, )
#define TW_LIST(Type, member, label, item_, max_, flags)                                                               \
  TW_FIELD_ (Type, member, GListStore *, TW_KIND_LIST, label, flags, .item = item_, .max = max_)
/* Fields that only those read who may know costs. */
#define TW_COST(Type, member, label, flags)                                                                            \
  TW_FIELD_ (Type, member, TwDecimal, TW_KIND_PRICE, label, (flags) | TW_COSTING, )
#define TW_MARGIN(Type, member, label, flags)                                                                          \
  TW_FIELD_ (Type, member, TwDecimal, TW_KIND_RATE, label, (flags) | TW_COSTING, )

/* What every stored record begins with. */
#define TW_RECORD_FIELDS(Type)                                                                                         \
  TW_LINE_FIELDS (Type),                                                                                               \
    TW_FIELD_NAMED_ (Type, parent.version, "version", gint64, TW_KIND_INT, N_ ("Version"), TW_SERVER,                \
                     .max = G_MAXINT64),                                                                               \
    TW_FIELD_NAMED_ (Type, parent.created_at, "created_at", TwTime, TW_KIND_TIME, N_ ("Created"), TW_SERVER, ),        \
    TW_FIELD_NAMED_ (Type, parent.updated_at, "updated_at", TwTime, TW_KIND_TIME, N_ ("Changed"), TW_SERVER, )
/* What a line of a document begins with. In a patch an item's id keeps the line's identity. */
#define TW_LINE_FIELDS(Type)                                                                                           \
  TW_FIELD_NAMED_ (Type, parent.id, "id", gint64, TW_KIND_INT, N_ ("Id"), TW_SERVER, .max = G_MAXINT64)

#define TW_MAX_FIELDS 96

#define TW_TYPE_RECORD (tw_record_get_type ())
GType tw_record_get_type (void);
typedef struct _TwRecord TwRecord;
typedef struct _TwRecordClass TwRecordClass;

/**
 * TwRecord:
 *
 * Base of all documents. Members may be read and written directly by the thread that
 * owns the record; after a write that a bound widget should see, use the property or
 * tw_record_changed(). Not thread-safe.
 */
struct _TwRecord
{
  GObject parent_instance;
  gint64 id;      /* 0: not stored yet */
  gint64 version; /* 1 at creation, + 1 with every write */
  TwTime created_at;
  TwTime updated_at;
  guint64 present[(TW_MAX_FIELDS + 63) / 64]; /* fields that the last codec read found (merge patch) */
};

typedef struct
{
  const char *document; /* key: "order" */
  const char *label;    /* N_() */
  const TwField *fields;
  guint n_fields;
} TwRecordInfo;

struct _TwRecordClass
{
  GObjectClass parent_class;
  const TwRecordInfo *info;
  /*< private >*/
  GHashTable *by_name;                    /* field name → its index + 1; read-only after class init */
  GParamSpec *properties[TW_MAX_FIELDS];  /* in the order of the fields */
};

#define TW_RECORD(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), TW_TYPE_RECORD, TwRecord))
#define TW_IS_RECORD(object) (G_TYPE_CHECK_INSTANCE_TYPE ((object), TW_TYPE_RECORD))
#define TW_RECORD_GET_CLASS(object) (G_TYPE_INSTANCE_GET_CLASS ((object), TW_TYPE_RECORD, TwRecordClass))
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwRecord, g_object_unref)

/* In the header: declares TwX, tw_x_get_type(), tw_x_new() and autoptr. */
#define TW_DECLARE_RECORD(Type, prefix)                                                                                \
  typedef struct _##Type Type;                                                                                         \
  GType prefix##_get_type (void);                                                                                      \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, g_object_unref)                                                                 \
  static inline Type *prefix##_new (void) { return g_object_new (prefix##_get_type (), NULL); }

/* In the .c file. */
#define TW_DEFINE_RECORD(Type, prefix, document_, label_, fields_)                                                     \
  static const TwRecordInfo prefix##_info                                                                              \
    = { .document = document_, .label = label_, .fields = fields_, .n_fields = G_N_ELEMENTS (fields_) };               \
  G_STATIC_ASSERT (G_N_ELEMENTS (fields_) <= TW_MAX_FIELDS);                                                           \
  GType prefix##_get_type (void)                                                                                       \
  {                                                                                                                    \
    static gsize type = 0;                                                                                             \
    if (g_once_init_enter (&type))                                                                                     \
      g_once_init_leave (&type, tw_record_register (#Type, sizeof (Type), &prefix##_info));                            \
    return type;                                                                                                       \
  }

GType tw_record_register (const char *type_name, gsize instance_size, const TwRecordInfo *info);

const TwRecordInfo *tw_record_get_info (TwRecord *record);
const TwRecordInfo *tw_record_type_get_info (GType type);
/* By snake_case name; NULL when there is none. A hash look-up. */
const TwField *tw_record_type_find (GType type, const char *name);
const TwField *tw_record_find (TwRecord *record, const char *name);

/* Typed access by field; the member itself, so tw_record_at (r, f, TwDecimal) is an lvalue. */
#define tw_record_at(record, field, ctype) (*(ctype *) ((char *) (record) + (field)->offset))

/* The field's value as text for the wire, SQL and properties (decimals per kind, dates ISO, ints in
 * ASCII, bools "true"/"false"); NULL when none. Not for LIST. (transfer full) */
char *tw_record_get_text (TwRecord *record, const TwField *field);
/* Parses @text per kind and checks the limits; "" is none. Sets a fault at "/NAME" and leaves the old
 * value when it is refused. Does not notify. */
gboolean tw_record_set_text (TwRecord *record, const TwField *field, const char *text, GError **error);
/* The same without the limits (and a key that the table lacks is kept as it is): for what our own
 * database or server says. NULL is none, too. */
gboolean tw_record_load_text (TwRecord *record, const TwField *field, const char *text, GError **error);

/* Replaces a text member and frees the old one. */
void tw_record_take_text (char **member, char *text);
void tw_record_set_string (char **member, const char *text);

gboolean tw_record_is_present (TwRecord *record, const TwField *field);
/* By name, e.g. tw_record_has (patch, "credit_limit"). Asserts that the field exists. */
gboolean tw_record_has (TwRecord *record, const char *name);
void tw_record_mark_present (TwRecord *record, const TwField *field);

/* None, "" or a zero-length list. Ints, bools and decimals have a value always. */
gboolean tw_record_is_empty (TwRecord *record, const TwField *field);

/* Copies the fields present in @patch (lists are replaced whole) onto @target, same type, and
 * notifies the properties that differ. */
void tw_record_apply (TwRecord *target, TwRecord *patch);
/* A deep copy. (transfer full) */
TwRecord *tw_record_copy (TwRecord *record);
/* Copies every field from @source and notifies the properties that differ. For live rows. */
void tw_record_assign (TwRecord *target, TwRecord *source);
void tw_record_changed (TwRecord *record, const char *name); /* notify by snake_case name */

/* Whether the two records have the same value in @field (lists compared deeply). */
gboolean tw_record_field_equal (TwRecord *a, TwRecord *b, const TwField *field);

/* The nth record of a LIST member, borrowed. Any thread while nobody changes the list; g_list_model_get_item() is
 * not. */
gpointer tw_record_nth (GListStore *list, guint n);
guint tw_record_count (GListStore *list);

/* The table's own constant for @key, so that members can be compared by ==; NULL when unknown. */
const char *tw_key_find (const TwKey *keys, const char *key);
/* The translated label; @key itself when unknown. */
const char *tw_key_get_label (const TwKey *keys, const char *key);

G_END_DECLS
