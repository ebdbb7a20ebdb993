/** Whose progress a picture shows (row 133). */
export const pictureSubjects = ['ME', 'GROUP'] as const;
export type PictureSubject = (typeof pictureSubjects)[number];
