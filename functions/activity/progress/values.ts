/** What a picture shows (row 133): the maker's progress, that of the group, or what the maker climbed in the season of a club. */
export const pictureSubjects = ['ME', 'GROUP', 'CLIMBS'] as const;
export type PictureSubject = (typeof pictureSubjects)[number];
